package com.neuralrouter.server.audit;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.audit.log.AuditLogDamaged;
import com.neuralrouter.server.audit.log.AuditUnavailable;
import com.neuralrouter.server.audit.log.Draft;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.store.Database;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Carries the store's entries into the log, each once and in their order. The log remembers in the
 * same write how far it has come, so neither a failure nor a kill between the two can lose or
 * double an entry. Safe for all threads.
 */
public final class AuditFeed implements Evidence {
    private static final int BATCH = 256;

    private final Database database;
    private final AuditStore store;
    private final EntryLog log;
    private final EntryLeaf form;
    private final ReentrantLock feeding = new ReentrantLock();

    /**
     * @param hashes the key of the hashes that stand for what may be personal; stays the caller's
     */
    public AuditFeed(Database database, AuditStore store, EntryLog log, MacKey hashes) {
        this.database = database;
        this.store = store;
        this.log = log;
        this.form = new EntryLeaf(new KeyedHash(hashes));
    }

    @Override
    public void demandWritable() {
        log.demandSound();
    }

    @Override
    public long size() {
        return log.size();
    }

    @Override
    public void secure(long number) {
        feeding.lock();
        try {
            while (log.outboxMark() < number) {
                log.append(drafts(log.outboxMark(), number));
            }
        } finally {
            feeding.unlock();
        }
    }

    @Override
    public void alone(Actor actor, RequestId requestId, AuditEvent event) {
        log.append(
                List.of(
                        (Draft)
                                (sequence, time) ->
                                        form.of(
                                                sequence,
                                                time,
                                                event.numbered(0, time, actor.wire(), requestId))));
    }

    /**
     * To be called once, before anything is recorded: compares the log with the store and brings
     * into the log what is not there yet. Returns what has to be told of the way in which the
     * appliance stopped. Throws {@link AuditLogDamaged} when the log is shorter than it was, and
     * {@link AuditUnavailable}.
     */
    public List<AuditEvent> takeUp() {
        var told = new ArrayList<AuditEvent>();
        long known = database.read(store::logSize);
        if (log.size() < known) {
            throw new AuditLogDamaged(
                    "entries",
                    "ends after "
                            + log.size()
                            + " entries although the store knows of "
                            + known
                            + ": it was cut or put back");
        }
        if (log.recovery().unclean()) {
            told.add(
                    AuditEvent.done(
                            "appliance.unclean_stop",
                            "appliance",
                            Map.of("from", Leaves.text(log.lastTime()))));
        }
        long last = database.read(store::last);
        if (log.outboxMark() > last) {
            told.add(putBack(last));
        } else {
            secure(last);
        }
        return told;
    }

    /** The store's numbers go on where the log's ended, so that no number means two entries. */
    private AuditEvent putBack(long last) {
        long mark = log.outboxMark();
        database.write(tx -> {
            store.lockHead(tx);
            store.moveHead(tx, mark, log.size());
            return mark;
        });
        return AuditEvent.done(
                "store.put_back",
                "site",
                Map.of("from", String.valueOf(mark), "to", String.valueOf(last)));
    }

    /** A leaf that says that the appliance is there, so that silence can be told from a gap. */
    void heartbeat() {
        log.append(List.of((Draft) Leaves::heartbeat));
    }

    private List<Draft> drafts(long above, long upTo) {
        var drafts = new ArrayList<Draft>();
        for (AuditEntry entry : database.read(tx -> store.between(tx, above, upTo, BATCH))) {
            drafts.add(new Entry(form, entry));
        }
        if (drafts.isEmpty()) {
            throw new IllegalStateException(
                    "the audit trail has no entries from " + (above + 1) + " to " + upTo);
        }
        return drafts;
    }

    /** An entry on its way into the log. */
    private record Entry(EntryLeaf form, AuditEntry entry) implements Draft {
        @Override
        public byte[] leaf(long sequence, Instant time) {
            return form.of(sequence, time, entry);
        }

        @Override
        public long outbox() {
            return entry.sequence();
        }
    }
}
