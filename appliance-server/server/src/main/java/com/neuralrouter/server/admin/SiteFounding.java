package com.neuralrouter.server.admin;

import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.AuditLog;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.store.Database;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes an empty store a site: its id, the binding to its root key, the trail's first entry and the
 * first digest, in one transaction. Called once, by {@code neural-router init}.
 */
public final class SiteFounding {
    private final SiteStore site;
    private final KeyRing keys;
    private final SiteIntegrity integrity;
    private final AuditLog audit;
    private final Clock clock;

    public SiteFounding(
            SiteStore site, KeyRing keys, SiteIntegrity integrity, AuditLog audit, Clock clock) {
        this.site = site;
        this.keys = keys;
        this.integrity = integrity;
        this.audit = audit;
        this.clock = clock;
    }

    public void found(Database database, UUID installation, Authorised by) {
        audit.secure(
                database.write(tx -> {
                    site.found(tx, installation, clock.instant());
                    keys.found(tx);
                    integrity.signAll(tx);
                    return audit.append(
                            tx,
                            by.actor(),
                            by.requestId(),
                            List.of(
                                    AuditEvent.done(
                                            "site.founded", "site/" + installation, Map.of())));
                }));
    }
}
