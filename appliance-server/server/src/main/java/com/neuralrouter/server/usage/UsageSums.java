package com.neuralrouter.server.usage;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.store.Database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Sums up the requests' records every few seconds, a few thousand in each transaction, and removes
 * records and sums once they are old enough, each hour. One thread of its own, from {@link #start}
 * to {@link #close}; requests never wait for it.
 */
public final class UsageSums implements AutoCloseable {
    private static final Logger LOG = System.getLogger(UsageSums.class.getName());
    static final int BATCH = 2_000;
    private static final int MOST_BATCHES = 100;
    private static final long EVERY_SECONDS = 5;

    private final Keeping keeping;
    private final Database database;
    private final AdminTransactions transactions;
    private final Supplier<String> currency;
    private final Ids ids;
    private final Clock clock;
    private final UsageSumStore store = new UsageSumStore();
    private final RecentSums<UsageSumStore.Key, UsageSum> recent;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("usage-sums").daemon().factory());

    /**
     * For how long something is kept; zero for ever.
     *
     * @param keepRecords one for each request
     * @param keepSums by hour and by day
     */
    public record Keeping(Duration keepRecords, Duration keepSums) {}

    /**
     * @param records where they are stored
     * @param currency the site's: that of records that have none
     */
    public UsageSums(
            Keeping keeping,
            Database database,
            UsageStore records,
            AdminTransactions transactions,
            Supplier<String> currency,
            Ids ids,
            Clock clock) {
        this.keeping = keeping;
        this.database = database;
        this.transactions = transactions;
        this.currency = currency;
        this.ids = ids;
        this.clock = clock;
        this.recent = records.told(UsageSumStore.recent(currency));
    }

    public void start() {
        thread.scheduleWithFixedDelay(
                () -> attempt("summed up", this::sumUp), 1, EVERY_SECONDS, TimeUnit.SECONDS);
        thread.scheduleWithFixedDelay(
                () -> attempt("removed", this::remove), 2, 60, TimeUnit.MINUTES);
    }

    /** What fails is done again the next time: each step is whole or not there. */
    private static void attempt(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.WARNING,
                    "requests could not be {0}; it is tried again cause={1}",
                    what,
                    failure.getClass().getName());
        }
    }

    /**
     * Brings the sums up to date: with what was added up on its way into the store, and from the
     * store with what came before that. Where they turn out to be further already than where that
     * begins, they are brought to its end from the store; what comes next goes on there.
     */
    void sumUp() {
        RecentSums.Part<UsageSumStore.Key, UsageSum> part = recent.take();
        if (part.isEmpty()) {
            sumUpFromStore(Long.MAX_VALUE);
            return;
        }
        sumUpFromStore(part.after());
        if (!database.write(tx -> store.add(tx, part))) {
            sumUpFromStore(part.upTo());
        }
    }

    private void sumUpFromStore(long upTo) {
        while (sumUpBatch(upTo) == BATCH && !Thread.currentThread().isInterrupted()) {
            // The next batch is a transaction of its own.
        }
    }

    /** Returns how many records were added. */
    int sumUpBatch(long upTo) {
        boolean anything = database.read(tx -> store.behind(tx, upTo) > 0);
        return anything ? database.write(tx -> store.sumUp(tx, upTo, BATCH, currency.get())) : 0;
    }

    /** Removes what is old enough, and leaves an entry of how much it was. */
    void remove() {
        Instant now = clock.instant();
        if (keeping.keepRecords().isPositive()) {
            Instant before = now.minus(keeping.keepRecords());
            long removed = 0;
            int batch = BATCH;
            for (int i = 0; i < MOST_BATCHES && batch == BATCH; i++) {
                batch = database.write(tx -> store.removeRecords(tx, before, BATCH));
                removed += batch;
            }
            record("usage.records_removed", removed, before);
        }
        if (keeping.keepSums().isPositive()) {
            Instant before = now.minus(keeping.keepSums());
            long removed = database.write(tx -> store.removeSums(tx, before));
            record("usage.sums_removed", removed, before);
        }
    }

    private void record(String action, long removed, Instant before) {
        if (removed > 0) {
            Authorised self =
                    Authorisation.ofAppliance(
                            "usage-retention", Permission.USAGE_READ, ids.nextRequest());
            transactions.record(
                    self.actor(),
                    self.requestId(),
                    AuditEvent.done(
                            action,
                            "usage",
                            Map.of("rows", String.valueOf(removed), "before", before.toString())));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
