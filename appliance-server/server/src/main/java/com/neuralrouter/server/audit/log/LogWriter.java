package com.neuralrouter.server.audit.log;

import com.neuralrouter.server.secret.LogKey;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one thread that writes entries. All who wait when it is free become one batch, with one
 * force; nobody waits for company.
 *
 * <p>After a failure it accepts nothing until it has cut off what failed and begun a new segment,
 * which it tries once in a while, whether somebody asks or not.
 */
final class LogWriter implements AutoCloseable {
    private static final Logger LOG = System.getLogger(LogWriter.class.getName());
    private static final PendingAppend STOP = new PendingAppend(List.of());

    /** Told what became durable, on the writer's thread. Must not throw. */
    interface Listener {
        void durable(LogEnd before, List<byte[]> leafHashes, LogEnd after);
    }

    /** What the writer writes to. */
    record Place(LogFolder folder, LogKey key, Segments segments) {}

    private final Place place;
    private final Clock clock;
    private final Duration retry;
    private final Listener listener;
    private final SecureRandom random = new SecureRandom();
    private final LinkedBlockingQueue<PendingAppend> waiting = new LinkedBlockingQueue<>();
    private final ReentrantLock accepting = new ReentrantLock();

    /** Written under the lock above. */
    private volatile boolean closed;

    /** Why nothing can be appended now; null if it can. Written by the writer's thread. */
    private volatile @Nullable IOException failing;

    // Owned by the writer's thread.
    private LogEnd end;
    private SegmentWriter.@Nullable Unended unended;
    private @Nullable SegmentWriter segment;
    private @Nullable PendingAppend next;

    private final Thread thread;

    private LogWriter(
            Place place,
            LogEnd end,
            SegmentWriter.@Nullable Unended unended,
            Clock clock,
            Duration retry,
            Listener listener) {
        this.place = place;
        this.end = end;
        this.unended = unended;
        this.clock = clock;
        this.retry = retry;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("audit-writer").daemon().unstarted(this::run);
    }

    /**
     * Goes on where the log ends.
     *
     * @param retry how long after a failure it is tried again
     */
    static LogWriter start(
            Place place, LogOpening.Opened opened, Clock clock, Duration retry, Listener listener) {
        var writer = new LogWriter(place, opened.end(), opened.unended(), clock, retry, listener);
        writer.thread.start();
        return writer;
    }

    boolean writable() {
        return failing == null && !closed;
    }

    /** Throws {@link AuditUnavailable} when an append would. */
    void demandSound() {
        IOException why = failing;
        if (why != null) {
            throw AuditUnavailable.failing(why);
        }
        if (closed) {
            throw AuditUnavailable.closed();
        }
    }

    /** When this returns, the entries are durable. */
    Appended append(List<Draft> drafts) {
        var pending = new PendingAppend(drafts);
        accepting.lock();
        try {
            demandSound();
            waiting.add(pending);
        } finally {
            accepting.unlock();
        }
        return pending.await();
    }

    private void run() {
        boolean stopped = false;
        try {
            while (!stopped) {
                PendingAppend first = take();
                if (first == STOP) {
                    stopped = true;
                } else if (failing != null) {
                    refuse(first);
                } else if (first != null) {
                    write(first);
                }
            }
            endSegment();
        } catch (IOException failure) {
            LOG.log(
                    Level.WARNING,
                    "the audit log''s last segment could not be ended; the next start does it"
                            + " cause={0}",
                    failure);
        } finally {
            refuseAll();
        }
    }

    /** The next who waits; null after a while in which there was none. Tries again meanwhile. */
    private @Nullable PendingAppend take() {
        PendingAppend taken = next;
        next = null;
        while (taken == null) {
            try {
                taken =
                        failing == null
                                ? waiting.take()
                                : waiting.poll(retry.toNanos(), TimeUnit.NANOSECONDS);
                if (taken == null) {
                    tryAgain();
                }
            } catch (InterruptedException _) {
                // Nobody has reason to interrupt this thread; it ends when it is told to.
            }
        }
        return taken;
    }

    private void refuse(@Nullable PendingAppend pending) {
        if (pending != null) {
            pending.refuse(AuditUnavailable.failing(failing));
        }
    }

    /** What is still waiting when the thread ends, for whatever reason, waits no longer. */
    private void refuseAll() {
        accepting.lock();
        try {
            closed = true;
            waiting.forEach(pending -> pending.refuse(AuditUnavailable.closed()));
            waiting.clear();
        } finally {
            accepting.unlock();
        }
    }

    private void write(PendingAppend first) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant last = LogEnd.time(end.micros());
        Instant time = now.isBefore(last) ? last : now;
        var batch = new BatchBuilder(end, time);
        List<PendingAppend> taken = new ArrayList<>();
        List<Long> firsts = new ArrayList<>();
        for (PendingAppend each = first; each != null; each = poll(batch)) {
            long sequence = batch.next();
            if (adds(batch, each)) {
                taken.add(each);
                firsts.add(sequence);
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        LogEnd before = end;
        LogEnd after = batch.after();
        try {
            SegmentWriter to = openSegment();
            to.append(batch, after);
        } catch (IOException failure) {
            fail(failure);
            taken.forEach(this::refuse);
            return;
        }
        end = after;
        listener.durable(before, batch.leafHashes(), end);
        Duration behind = Duration.between(now, time);
        for (int i = 0; i < taken.size(); i++) {
            PendingAppend each = taken.get(i);
            each.succeed(new Appended(firsts.get(i), each.drafts().size(), time, behind));
        }
    }

    /** Who else waits and fits; who doesn't is the next batch's first. */
    private @Nullable PendingAppend poll(BatchBuilder batch) {
        PendingAppend polled = waiting.poll();
        boolean fits =
                polled == null || (polled != STOP && batch.hasRoomFor(polled.drafts().size()));
        if (fits) {
            return polled;
        }
        next = polled;
        return null;
    }

    private static boolean adds(BatchBuilder batch, PendingAppend pending) {
        try {
            batch.add(pending.drafts());
            return true;
        } catch (RuntimeException refusal) {
            pending.refuse(refusal);
            return false;
        }
    }

    private SegmentWriter openSegment() throws IOException {
        SegmentWriter open = segment;
        if (open == null || !open.isOpen()) {
            endSegment();
            open = SegmentWriter.create(place.folder(), place.key(), end, random);
            place.segments().addGrowing(open.places());
            segment = open;
        }
        return open;
    }

    /** After a failure this may be done again. */
    private void endSegment() throws IOException {
        if (segment == null && unended != null) {
            segment = SegmentWriter.resume(place.folder(), place.key(), unended, random);
        }
        unended = null;
        if (segment != null) {
            segment.end();
            place.segments().ended(segment.places());
            segment = null;
        }
    }

    private void fail(IOException failure) {
        failing = failure;
        LOG.log(
                Level.ERROR,
                "the audit log can''t be written and accepts nothing until it can; check the disk"
                        + " of the audit folder and its free space cause={0}",
                failure);
    }

    private void tryAgain() {
        try {
            openSegment();
            failing = null;
            LOG.log(Level.INFO, "the audit log can be written again size={0}", end.size());
        } catch (IOException failure) {
            failing = failure;
        }
    }

    /** Writes what waits, ends the segment and the thread. */
    @Override
    public void close() {
        accepting.lock();
        try {
            if (!closed) {
                closed = true;
                waiting.add(STOP);
            }
        } finally {
            accepting.unlock();
        }
        join(thread);
    }

    /** Waits for the thread's end, interrupted or not. */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
