package com.neuralrouter.server.admin;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.audit.Actor;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.AuditLog;
import com.neuralrouter.server.audit.log.AuditUnavailable;
import com.neuralrouter.server.integrity.Seen;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.integrity.StoreTampered;
import com.neuralrouter.server.integrity.Verified;
import com.neuralrouter.server.secret.UnopenableSecret;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.StoreFailure;
import com.neuralrouter.server.store.Tx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The one way to change the site. Rows, audit entries and the site's version are one transaction;
 * when {@link #run} returns, the change is on the disk and the inference plane works by it. Safe
 * for all threads; changes run one after another. A change to a store that something else has
 * changed is refused.
 */
public final class AdminTransactions {
    /** What a change holds alone: its own order, and the trail's. */
    private static final List<String> HELD = List.of("site", "audit_head");

    private static final Logger LOG = System.getLogger(AdminTransactions.class.getName());

    private final Database database;
    private final SiteStore site;
    private final AuditLog audit;
    private final SiteIntegrity integrity;
    private final TamperingAlarm alarm;
    private final AfterCommit afterCommit;

    public AdminTransactions(
            Database database,
            SiteStore site,
            AuditLog audit,
            SiteIntegrity integrity,
            TamperingAlarm alarm,
            AfterCommit afterCommit) {
        this.database = database;
        this.site = site;
        this.audit = audit;
        this.integrity = integrity;
        this.alarm = alarm;
        this.afterCommit = afterCommit;
    }

    /**
     * Runs a change. When the body throws, nothing of it happened; when it throws {@link
     * AdminRefused}, an entry of its own tells of the refusal. Throws {@link StoreFailure} when the
     * store can't be written.
     */
    public <T> T run(Authorised by, Function<Tx, Audited<T>> body) {
        demandEvidence();
        Seen seen = integrity.seen();
        Done<T> done;
        try {
            done = database.writeAlone(HELD, tx -> change(tx, seen, by, body));
        } catch (AdminRefused refused) {
            throw recorded(by, refused);
        } catch (StoreTampered tampered) {
            alarm.raise(tampered);
            throw recorded(by, new AdminRefused(ProblemCode.STORE_TAMPERED, tampered.sentence()));
        } catch (UnopenableSecret secret) {
            throw recorded(by, refused(secret));
        } catch (StoreFailure failure) {
            if (failure.outcomeUnknown()) {
                publishWhatMayBeThere(failure);
            }
            throw failure;
        }
        audit.secure(done.entry());
        try {
            afterCommit.publish();
        } catch (RuntimeException failure) {
            // The change is in the store and stays. The inference plane still works by the state
            // before; the next change that is published, or a restart, brings both together.
            throw new IllegalStateException("a change was committed but not published", failure);
        }
        return done.value();
    }

    /** A change that is durable, and the number of its last entry. */
    private record Done<T>(T value, long entry) {}

    private void demandEvidence() {
        try {
            audit.demandWritable();
        } catch (AuditUnavailable unavailable) {
            throw new AdminRefused(
                    ProblemCode.AUDIT_UNAVAILABLE, String.valueOf(unavailable.getMessage()));
        }
    }

    /** The inference plane must not lag behind the store, whatever its caller is told. */
    private void publishWhatMayBeThere(StoreFailure failure) {
        try {
            afterCommit.publish();
        } catch (RuntimeException notPublished) {
            failure.addSuppressed(notPublished);
        }
    }

    /** What decides is verified before anything is decided by it, and what changed signed last. */
    private <T> Done<T> change(Tx tx, Seen seen, Authorised by, Function<Tx, Audited<T>> body) {
        site.lock(tx);
        Verified before = integrity.verify(tx, seen);
        site.advance(tx);
        Audited<T> done = body.apply(tx);
        Seen after = integrity.sign(tx, before);
        long entry =
                audit.append(
                        tx,
                        by.actor(),
                        by.requestId(),
                        between(before.seen(), after, done.events()));
        return new Done<>(done.value(), entry);
    }

    /** The events, with the site's version and what it was and is, as digests. */
    private static List<AuditEvent> between(Seen before, Seen after, List<AuditEvent> events) {
        Map<String, String> states =
                Map.of(
                        "siteVersion", String.valueOf(after.version()),
                        "siteBefore", before.digest(),
                        "siteAfter", after.digest());
        return events.stream().map(event -> event.with(states)).toList();
    }

    /** The rows are ours, so it is the ciphertext; the publisher tells which one it is. */
    private static AdminRefused refused(UnopenableSecret secret) {
        return secret.isShredded()
                ? new AdminRefused(
                        ProblemCode.NOT_FOUND,
                        "The workspace's key was destroyed, and what was sealed under it with it.")
                : new AdminRefused(
                        ProblemCode.STORE_TAMPERED,
                        "A key or a secret that the change needs does not open where it lies;"
                                + " nothing was changed.");
    }

    private AdminRefused recorded(Authorised by, AdminRefused refused) {
        recordRefusal(by.actor(), by.requestId(), refusal(by, refused));
        return refused;
    }

    private static AuditEvent refusal(Authorised by, AdminRefused refused) {
        return AuditEvent.refused(
                "change.refused",
                "permission/" + by.permission().name(),
                Map.of("code", refused.code().wire()));
    }

    /**
     * Appends an entry about something that changed nothing. If that fails the refusal stands all
     * the same, so the failure is logged here and goes no further.
     */
    void recordRefusal(Actor actor, RequestId requestId, AuditEvent event) {
        try {
            record(actor, requestId, event);
        } catch (StoreFailure failure) {
            LOG.log(
                    Level.ERROR,
                    "a refusal could not be recorded action={0} requestId={1} sqlState={2}"
                            + " code={3}",
                    event.action(),
                    requestId,
                    failure.sqlState(),
                    String.valueOf(failure.vendorCode()));
        }
    }

    /**
     * Appends an entry about something that changed no row of the site: a start, a stop, a refused
     * sign-in. Throws {@link StoreFailure}.
     */
    public void record(Actor actor, RequestId requestId, AuditEvent event) {
        audit.record(database, actor, requestId, event);
    }
}
