package com.neuralrouter.server.audit;

import com.neuralrouter.server.audit.log.AuditUnavailable;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Watches that the log can tell silence from a gap: leaves a heartbeat when nothing else was
 * written for a minute, tells when the clock was set, passes on what others have gathered, and
 * tries again while the log can't be written. One thread of its own, from {@link #start} to {@link
 * #close}.
 */
public final class LogPulse implements AutoCloseable {
    private static final Logger LOG = System.getLogger(LogPulse.class.getName());
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration JUMP = Duration.ofSeconds(2);

    private final AuditFeed feed;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Consumer<AuditEvent> told;
    private final Supplier<List<AuditEvent>> gathered;
    private final Runnable counter;
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("audit-pulse").daemon().factory());

    /** All below is used by the one thread. */
    private Instant lastWall;

    private long lastNanos;
    private long size;
    private long quietSince;
    private long gatheredAt;
    private @Nullable Instant failingSince;

    /**
     * @param nanos a clock that nobody can set, as {@link System#nanoTime}
     * @param told records an event
     * @param gathered what others have gathered for the trail since they were last asked
     * @param counter tells somebody else how long the log is, each second
     */
    public LogPulse(
            AuditFeed feed,
            Clock clock,
            LongSupplier nanos,
            Consumer<AuditEvent> told,
            Supplier<List<AuditEvent>> gathered,
            Runnable counter) {
        this.feed = feed;
        this.clock = clock;
        this.nanos = nanos;
        this.told = told;
        this.gathered = gathered;
        this.counter = counter;
        this.lastWall = clock.instant();
        this.lastNanos = nanos.getAsLong();
        this.quietSince = lastNanos;
        this.gatheredAt = lastNanos;
    }

    public void start() {
        looking.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    void look() {
        try {
            watchClock();
            tellGathered();
            watchSilence();
            counter.run();
            tellRecovered();
        } catch (AuditUnavailable _) {
            // Whoever changes something is told; the next look tries again.
            failingSince = failingSince == null ? clock.instant() : failingSince;
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.ERROR,
                    "the audit log's pulse failed cause={0}",
                    failure.getClass().getName());
        }
    }

    private void watchClock() {
        Instant wall = clock.instant();
        long now = nanos.getAsLong();
        Duration jumped = Duration.between(lastWall, wall).minusNanos(now - lastNanos);
        Instant before = lastWall;
        lastWall = wall;
        lastNanos = now;
        if (jumped.abs().compareTo(JUMP) > 0) {
            told.accept(
                    AuditEvent.done(
                            "clock.jumped",
                            "appliance",
                            Map.of(
                                    "by", jumped.toSeconds() + " s",
                                    "from", Leaves.text(before),
                                    "to", Leaves.text(wall))));
        }
    }

    private void tellGathered() {
        if (lastNanos - gatheredAt >= SILENCE.toNanos()) {
            gatheredAt = lastNanos;
            gathered.get().forEach(told);
        }
    }

    /** Entries say when they happened; this one says for how long none could be taken. */
    private void tellRecovered() {
        Instant since = failingSince;
        if (since != null) {
            failingSince = null;
            told.accept(
                    AuditEvent.done(
                            "audit.log_recovered",
                            "audit",
                            Map.of(
                                    "from", Leaves.text(since),
                                    "to", Leaves.text(clock.instant()))));
        }
    }

    private void watchSilence() {
        feed.demandWritable();
        if (feed.size() != size) {
            size = feed.size();
            quietSince = lastNanos;
        } else if (lastNanos - quietSince >= SILENCE.toNanos()) {
            feed.heartbeat();
        }
    }

    @Override
    public void close() {
        looking.close();
        gathered.get().forEach(told);
    }
}
