package com.neuralrouter.server.bootstrap;

import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.server.audit.RepeatedTrailErasures;
import com.neuralrouter.server.audit.SiteLog;
import com.neuralrouter.server.audit.log.AuditLogDamaged;
import com.neuralrouter.server.audit.log.AuditUnavailable;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.audit.log.EntryLogKeys;
import com.neuralrouter.server.content.RepeatedErasures;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.TreeProofs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The audit log of a site that is being restored. For one thread. */
final class RestoredLog {
    private final SiteFolder restored;
    private final Vault vault;
    private final Clock clock;

    RestoredLog(SiteFolder restored, Vault vault, Clock clock) {
        this.restored = restored;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * Reads the log to its last byte. Throws {@link AuditLogDamaged} unless it is whole and as long
     * as the store knows it to be.
     */
    void prove(Database database) {
        if (SiteLog.neverHadOne(restored.audit(), database)) {
            return;
        }
        long known = SiteLog.knownSize(database);
        try (EntryLog log = open(restored)) {
            log.verify();
            if (log.size() < known) {
                throw new AuditLogDamaged(
                        "entries",
                        "in the backup ends after "
                                + log.size()
                                + " entries although its store knows of "
                                + known);
            }
        }
    }

    /**
     * A log must not become shorter by a restore: where the machine still has one that goes on
     * where the backup's ends, that one stays.
     */
    void keepLonger(SiteFolder machine) throws IOException {
        if (EntryLog.isIn(machine.audit()) && EntryLog.isIn(restored.audit()) && goesOn(machine)) {
            replace(machine.audit());
        }
    }

    /**
     * What was erased after the backup was made must not come back with it: erases again what this
     * machine's own log says, where it goes on where the backup's ends. Returns how many times.
     */
    long eraseAgain(SiteFolder machine, RepeatedErasures content, RepeatedTrailErasures trail) {
        if (!EntryLog.isIn(machine.audit())
                || !EntryLog.isIn(restored.audit())
                || !goesOn(machine)) {
            return 0;
        }
        var erased = new AtomicLong();
        try (EntryLog longer = open(machine);
                EntryLog shorter = open(restored)) {
            longer.read(
                    shorter.size(),
                    longer.size(),
                    (_, leaf, _) ->
                            erased.addAndGet(content.again(leaf) || trail.note(leaf) ? 1 : 0));
        }
        trail.again();
        return erased.get();
    }

    private boolean goesOn(SiteFolder machine) {
        try (EntryLog longer = open(machine);
                EntryLog shorter = open(restored)) {
            Checkpoint end = shorter.tree();
            return longer.size() >= end.size()
                    && Arrays.equals(TreeProofs.root(longer.hashes(), end.size()), end.root());
        } catch (AuditLogDamaged | AuditUnavailable unusable) {
            // What does not open is moved aside with the rest of the site, as evidence.
            return false;
        }
    }

    private void replace(Path longer) throws IOException {
        for (Path each : deepestFirst(restored.audit())) {
            Files.delete(each);
        }
        List<Path> all = deepestFirst(longer).reversed();
        for (Path each : all) {
            Path target = restored.audit().resolve(longer.relativize(each).toString());
            if (Files.isDirectory(each)) {
                PrivateFile.folder(target);
            } else {
                Files.copy(each, target);
            }
        }
    }

    private static List<Path> deepestFirst(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private EntryLog open(SiteFolder site) {
        return EntryLog.open(site.audit(), EntryLogKeys.of(vault), clock);
    }
}
