package com.neuralrouter.server.admin;

import com.neuralrouter.server.integrity.Seen;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.integrity.StoreTampered;
import com.neuralrouter.server.store.StoreFailure;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads and verifies every row that decides, from time to time: a change verifies what it reads
 * itself, and of large tables no more. When something else has changed the store, this finds it
 * although nobody asks for the rows, and from then on every change is refused. One for each running
 * appliance, with a thread of its own.
 */
public final class StoreInspection implements AutoCloseable {
    private static final Logger LOG = System.getLogger(StoreInspection.class.getName());
    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final SiteReads reads;
    private final SiteIntegrity integrity;
    private final TamperingAlarm alarm;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("store-inspection").daemon().factory());

    public StoreInspection(SiteReads reads, SiteIntegrity integrity, TamperingAlarm alarm) {
        this.reads = reads;
        this.integrity = integrity;
        this.alarm = alarm;
    }

    public void start() {
        thread.scheduleWithFixedDelay(
                this::inspectSafely, PERIOD.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    /** An exception would end the schedule silently. */
    private void inspectSafely() {
        try {
            inspect();
        } catch (StoreFailure failure) {
            LOG.log(
                    Level.WARNING,
                    "the store could not be inspected sqlState={0} code={1}",
                    failure.sqlState(),
                    String.valueOf(failure.vendorCode()));
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "the store could not be inspected cause={0}", failure.getClass());
        }
    }

    /** Raises the alarm when a row is not as the appliance left it. */
    public void inspect() {
        Seen seen = integrity.seen();
        try {
            reads.read(tx -> integrity.verifyAll(tx, seen));
        } catch (StoreTampered tampered) {
            alarm.raise(tampered);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
