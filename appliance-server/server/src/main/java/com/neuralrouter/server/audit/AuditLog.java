package com.neuralrouter.server.audit;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.store.Tx;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The one way into the audit trail. Whoever appends holds the trail's head until its transaction
 * ends: entries are numbered from 1 without a gap, and an entry of a transaction that is rolled
 * back never was. Safe for all threads.
 */
public final class AuditLog {
    private final AuditStore store;
    private final Clock clock;

    public AuditLog(AuditStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Appends the events in their order and returns the number of the last entry. */
    public long append(Tx tx, Actor actor, RequestId requestId, List<AuditEvent> events) {
        long sequence = store.lockHead(tx);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (AuditEvent event : events) {
            sequence++;
            store.insert(tx, sequence, now, actor.wire(), requestId, event);
        }
        store.moveHead(tx, sequence);
        return sequence;
    }
}
