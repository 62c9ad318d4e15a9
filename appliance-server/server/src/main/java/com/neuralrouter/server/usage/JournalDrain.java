package com.neuralrouter.server.usage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that carries ended requests from the journal into the store, in batches, and gives
 * their slots back. It looks four times a second, so that nobody who ends a request has to wake it,
 * and so that a busy appliance pays for few commits and forces, each for many records.
 *
 * <p>A record is stored once: its position is written into its slot before the store is asked to
 * insert it. Whoever finds a slot that has a position, after a failure or a kill, asks the store
 * first whether the record is there.
 */
final class JournalDrain {
    private static final Logger LOG = System.getLogger(JournalDrain.class.getName());
    private static final int BATCH = 2048;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long UNKNOWN = -1;

    private final JournalFile file;
    private final ClosedSlots closed;
    private final FreeSlots free;
    private final RequestSink sink;
    private final Thread thread;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private volatile boolean stopping;

    /** The last position handed out; owned by the thread, as all below. */
    private long lastPosition = UNKNOWN;

    /** Slots of an earlier run whose positions were not looked at yet. */
    private int[] inherited = {};

    private volatile boolean failing;

    JournalDrain(JournalFile file, ClosedSlots closed, FreeSlots free, RequestSink sink) {
        this.file = file;
        this.closed = closed;
        this.free = free;
        this.sink = sink;
        this.thread = Thread.ofPlatform().name("request-journal").daemon().unstarted(this::run);
    }

    /** To be called before the start. */
    void begins(int[] slotsOfEarlierRuns) {
        inherited = slotsOfEarlierRuns;
    }

    void start() {
        thread.start();
    }

    /** Waits until all that there was at the start is stored. */
    boolean caughtUp(Duration atMost) {
        try {
            return caughtUp.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Somebody waits for a slot. A store that fails is left alone for as long as was meant. */
    void hurry() {
        if (!failing) {
            LockSupport.unpark(thread);
        }
    }

    /** Stores what has ended by now, unless the store fails or the time is over. */
    void stop(Duration atMost) {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(atMost);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        int[] slots = new int[BATCH];
        while (true) {
            // Read before the look: what ended before the stop is then seen by it.
            boolean last = stopping;
            int count = closed.take(slots);
            if (count == 0 && last || count > 0 && !storePatiently(slots, count)) {
                return;
            }
            if (count < BATCH) {
                caughtUp.countDown();
                LockSupport.parkNanos(this, LOOK_NANOS);
            }
        }
    }

    /** Returns false if it gave up because the journal is being closed. */
    private boolean storePatiently(int[] slots, int count) {
        long pause = LOOK_NANOS;
        while (true) {
            try {
                store(slots, count);
                recovered();
                return true;
            } catch (RuntimeException failure) {
                failed(failure);
                if (stopping) {
                    return false;
                }
                LockSupport.parkNanos(this, pause);
                pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
            }
        }
    }

    private void store(int[] slots, int count) {
        forgetUnusedPositions();
        List<Pending> pending = read(slots, count);
        dropStored(pending);
        if (lastPosition == UNKNOWN) {
            lastPosition = sink.lastPosition();
        }
        List<RequestRecord> records = new ArrayList<>(pending.size());
        for (Pending each : pending) {
            lastPosition++;
            each.slot().position(lastPosition);
            records.add(new RequestRecord(lastPosition, each.started(), each.ended()));
        }
        sink.insert(records, count < BATCH ? Pace.calm() : Pace.behind());
        for (int i = 0; i < count; i++) {
            file.slot(slots[i]).free();
            free.give(slots[i]);
        }
    }

    /**
     * A position that nothing was stored under will be handed out again, so no slot may keep it
     * from a failed try of an earlier run.
     */
    private void forgetUnusedPositions() {
        if (inherited.length > 0) {
            long last = sink.lastPosition();
            for (int slot : inherited) {
                if (file.slot(slot).position() > last) {
                    file.slot(slot).position(0);
                }
            }
            inherited = new int[0];
        }
    }

    private List<Pending> read(int[] slots, int count) {
        List<Pending> pending = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Slot slot = file.slot(slots[i]);
            var started = slot.started();
            var ended = slot.ended();
            if (started.isPresent() && ended.isPresent()) {
                pending.add(new Pending(slot, started.get(), ended.get()));
            } else {
                LOG.log(
                        Level.ERROR,
                        "A record in the journal is damaged and cannot be stored. slot={0}",
                        slots[i]);
            }
        }
        return pending;
    }

    /** Those with a position were tried before, by this process or by one that was killed. */
    private void dropStored(List<Pending> pending) {
        List<RequestRecord> tried =
                pending.stream()
                        .filter(each -> each.slot().position() != 0)
                        .map(Pending::record)
                        .toList();
        if (!tried.isEmpty()) {
            Set<Long> stored = sink.stored(tried);
            pending.removeIf(each -> stored.contains(each.slot().position()));
        }
    }

    private void failed(RuntimeException failure) {
        lastPosition = UNKNOWN;
        if (!failing && !stopping) {
            LOG.log(
                    Level.WARNING,
                    "Request records cannot be stored at the moment; they are kept in the journal.",
                    failure);
        }
        failing = true;
    }

    private void recovered() {
        if (failing) {
            LOG.log(Level.INFO, "Request records are stored again.");
        }
        failing = false;
    }

    private record Pending(Slot slot, RequestStarted started, RequestEnded ended) {
        RequestRecord record() {
            return new RequestRecord(slot.position(), started, ended);
        }
    }
}
