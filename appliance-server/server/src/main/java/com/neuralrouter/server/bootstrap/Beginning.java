package com.neuralrouter.server.bootstrap;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.AuditStore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the trail is told when the appliance has started: its version and the digest of its
 * configuration, and that they are others than at the start before.
 */
final class Beginning {
    private static final String STARTED = "appliance.started";
    private static final String VERSION = "version";
    private static final String CONFIGURATION = "configuration";

    private final SiteReads reads;
    private final AuditStore store;
    private final Path configuration;

    /**
     * @param configuration the file {@code appliance.yaml}
     */
    Beginning(SiteReads reads, AuditStore store, Path configuration) {
        this.reads = reads;
        this.store = store;
        this.configuration = configuration;
    }

    List<AuditEvent> told(String version) {
        Optional<AuditEntry> before = reads.read(tx -> store.latest(tx, STARTED));
        Map<String, String> now = Map.of(VERSION, version, CONFIGURATION, digest());
        var told = new ArrayList<AuditEvent>();
        told.add(AuditEvent.done(STARTED, "appliance", now));
        before.ifPresent(entry -> {
            tell(told, "appliance.updated", entry, now, VERSION);
            tell(told, "configuration.changed", entry, now, CONFIGURATION);
        });
        return told;
    }

    private static void tell(
            List<AuditEvent> told,
            String action,
            AuditEntry before,
            Map<String, String> now,
            String name) {
        String was = before.details().get(name);
        String is = now.get(name);
        if (was != null && is != null && !was.equals(is)) {
            told.add(AuditEvent.done(action, "appliance", Map.of("from", was, "to", is)));
        }
    }

    private String digest() {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(Files.readAllBytes(configuration)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
