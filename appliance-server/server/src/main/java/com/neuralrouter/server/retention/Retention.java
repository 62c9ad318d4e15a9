package com.neuralrouter.server.retention;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.ReadableEntries;
import com.neuralrouter.server.id.Ids;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Removes readable entries once they are old enough, a few thousand at a time, each hour. One
 * thread of its own, from {@link #start} to {@link #close}.
 */
public final class Retention implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Retention.class.getName());
    static final int BATCH = 5_000;
    private static final int MOST_BATCHES = 100;

    private final Duration keep;
    private final AdminTransactions transactions;
    private final ReadableEntries entries;
    private final Ids ids;
    private final Clock clock;
    private final ScheduledExecutorService removing =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("audit-retention").daemon().factory());

    /**
     * @param keep zero for ever
     */
    public Retention(
            Duration keep,
            AdminTransactions transactions,
            ReadableEntries entries,
            Ids ids,
            Clock clock) {
        this.keep = keep;
        this.transactions = transactions;
        this.entries = entries;
        this.ids = ids;
        this.clock = clock;
    }

    public void start() {
        if (keep.isPositive()) {
            removing.scheduleWithFixedDelay(this::look, 1, 60, TimeUnit.MINUTES);
        }
    }

    private void look() {
        try {
            int batches = 0;
            while (remove() == BATCH && batches < MOST_BATCHES) {
                batches++;
            }
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.ERROR,
                    "old audit entries could not be removed cause={0}",
                    failure.getClass().getName());
        }
    }

    /** Removes a batch; returns how many. */
    int remove() {
        Instant before = clock.instant().minus(keep);
        if (!entries.anyRemovable(before)) {
            return 0;
        }
        var self =
                Authorisation.ofAppliance("retention", Permission.AUDIT_MANAGE, ids.nextRequest());
        return transactions.run(
                self,
                tx -> {
                    int removed = entries.remove(tx, before, BATCH);
                    return Audited.of(
                            removed,
                            AuditEvent.done(
                                    "audit.entries_removed",
                                    "audit",
                                    Map.of(
                                            "entries", String.valueOf(removed),
                                            "to", before.toString())));
                });
    }

    @Override
    public void close() {
        removing.shutdownNow();
    }
}
