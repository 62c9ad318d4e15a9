package com.neuralrouter.server.audit;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.audit.log.AuditUnavailable;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.StoreFailure;
import com.neuralrouter.server.store.Tx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The one way into the audit trail. Whoever appends holds the trail's head until its transaction
 * ends: entries are numbered from 1 without a gap, and an entry of a transaction that is rolled
 * back never was. When the transaction is durable, {@link #secure} brings its entries into the log.
 * Safe for all threads.
 */
public final class AuditLog {
    private static final Logger LOG = System.getLogger(AuditLog.class.getName());

    private final AuditStore store;
    private final Evidence evidence;
    private final Clock clock;

    public AuditLog(AuditStore store, Evidence evidence, Clock clock) {
        this.store = store;
        this.evidence = evidence;
        this.clock = clock;
    }

    /**
     * To be asked before a change begins: what can't become evidence must not happen. Throws {@link
     * AuditUnavailable}.
     */
    public void demandWritable() {
        evidence.demandWritable();
    }

    /** Appends the events in their order and returns the number of the last entry. */
    public long append(Tx tx, Actor actor, RequestId requestId, List<AuditEvent> events) {
        long before = store.lockHead(tx);
        long sequence = before;
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (AuditEvent event : events) {
            sequence++;
            store.insert(tx, sequence, now, actor.wire(), requestId, event);
        }
        store.fillSpans(tx, before, sequence);
        store.moveHead(tx, sequence, evidence.size());
        return sequence;
    }

    /**
     * To be called when the transaction that appended is durable, before its caller is answered.
     * When the log fails right now, the entry is safe in the store and comes into the log as soon
     * as that can be written; until then no further change is taken.
     */
    public void secure(long number) {
        try {
            evidence.secure(number);
        } catch (AuditUnavailable | StoreFailure failure) {
            LOG.log(
                    Level.ERROR,
                    "an audit entry waits in the store, because the audit log can't be written;"
                            + " no change is taken until it can entry={0} cause={1}",
                    String.valueOf(number),
                    failure.getClass().getSimpleName());
        }
    }

    /**
     * Records something that changed no row of the site, in a transaction of its own; where the
     * store can't take it, in the log alone. Throws {@link StoreFailure} when neither can.
     */
    public void record(Database database, Actor actor, RequestId requestId, AuditEvent event) {
        long number;
        try {
            number = database.write(tx -> append(tx, actor, requestId, List.of(event)));
        } catch (StoreFailure failure) {
            alone(actor, requestId, event, failure);
            return;
        }
        secure(number);
    }

    private void alone(Actor actor, RequestId requestId, AuditEvent event, StoreFailure failure) {
        try {
            evidence.alone(actor, requestId, event);
        } catch (AuditUnavailable unavailable) {
            failure.addSuppressed(unavailable);
            throw failure;
        }
    }
}
