package com.neuralrouter.server.usage;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestSummary.Outcome;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Records requests in a file that is mapped into memory and drains what has ended into the store.
 * Opening and closing a record is a few stores into that memory: no lock, no system call. What was
 * opened survives the death of the process; what had not ended by then is stored by the next one as
 * {@link Outcome#INTERRUPTED}.
 *
 * <p>Each request has one slot from its beginning until its record is in the store, so the number
 * of slots bounds how many requests can be under way plus waiting for the store. When none is free,
 * {@link #open} waits a moment, so that apps that ask more than can be stored are slowed down and
 * not refused; then it refuses.
 *
 * <p>There is one journal for each running appliance; safe for all threads.
 */
public final class MappedRequestJournal implements RequestJournal, AutoCloseable {
    /** 56 MiB: half a minute of a store that does not answer, at 2,000 requests a second. */
    public static final int DEFAULT_CAPACITY = 1 << 16;

    private static final Logger LOG = System.getLogger(MappedRequestJournal.class.getName());
    private static final Duration LAST_DRAIN = Duration.ofSeconds(5);
    private static final Duration LONGEST_FORCE = Duration.ofSeconds(10);

    /**
     * A store that works frees slots in less; one that does not is no reason to keep apps waiting.
     */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final RequestEnded UNFORCED =
            new RequestEnded(
                    Outcome.FAILED,
                    ProblemCode.RECORD_UNAVAILABLE.status(),
                    ProblemCode.RECORD_UNAVAILABLE,
                    null,
                    null,
                    0,
                    0,
                    0,
                    TokenCounts.NONE);

    private final JournalFile file;
    private final RequestSink sink;
    private final FreeSlots free;
    private final ClosedSlots closed;
    private final JournalDrain drain;

    /** How many slots were free at the start; set once, before anybody else is here. */
    private int freeAtStart;

    /** Null where the kernel may take its time. */
    private final @Nullable GroupForce force;

    /** What a request's beginning survives before anything of it leaves for a provider. */
    public enum Beginning {
        /** The death of the process; the kernel has it. */
        MAPPED,
        /** The loss of power too; the disk has it. */
        FORCED
    }

    private MappedRequestJournal(JournalFile file, RequestSink sink, Beginning beginning) {
        this.file = file;
        this.sink = sink;
        this.free = new FreeSlots(file.capacity());
        this.closed = new ClosedSlots(file.capacity());
        this.drain = new JournalDrain(file, closed, free, sink);
        this.force =
                beginning == Beginning.FORCED ? GroupForce.start(file::force, LONGEST_FORCE) : null;
    }

    /**
     * Opens the journal in the folder, or makes it, and begins to drain it into the store: first
     * what an earlier process left behind. Throws {@link JournalUnusable}.
     *
     * @param capacity how many requests can be under way or waiting for the store
     */
    public static MappedRequestJournal start(
            Path folder, int capacity, RequestSink sink, Beginning beginning) {
        var journal = new MappedRequestJournal(JournalFile.open(folder, capacity), sink, beginning);
        journal.recover();
        journal.drain.start();
        return journal;
    }

    /** What it had used by then was used. */
    private static RequestEnded interrupted(Slot slot) {
        TokenCounts used = slot.state() == Slot.OPEN ? slot.used() : TokenCounts.NONE;
        RequestCost cost = slot.state() == Slot.OPEN ? slot.usedCost() : RequestCost.UNKNOWN;
        return new RequestEnded(
                Outcome.INTERRUPTED,
                0,
                null,
                null,
                null,
                0,
                0,
                0,
                used,
                Residency.NONE,
                cost,
                Waits.NONE);
    }

    /**
     * Waits until what earlier runs left is in the store. False if it is not by then; it will be as
     * soon as the store takes it.
     */
    public boolean caughtUp(Duration atMost) {
        return drain.caughtUp(atMost);
    }

    /** Nobody else is here yet. */
    private void recover() {
        record Left(int slot, long startedAtMillis) {}
        List<Left> left = new ArrayList<>();
        int interrupted = 0;
        for (int i = file.capacity() - 1; i >= 0; i--) {
            Slot slot = file.slot(i);
            if (slot.state() == Slot.FREE) {
                free.give(i);
                continue;
            }
            if (slot.state() == Slot.OPEN || slot.ended().isEmpty()) {
                slot.close(interrupted(slot));
                interrupted++;
            }
            left.add(new Left(i, slot.started().map(RequestStarted::startedAtMillis).orElse(0L)));
        }
        freeAtStart = free.givings();
        left.sort(Comparator.comparingLong(Left::startedAtMillis));
        left.forEach(each -> closed.add(each.slot()));
        drain.begins(left.stream().mapToInt(Left::slot).toArray());
        if (!left.isEmpty()) {
            LOG.log(
                    Level.INFO,
                    "The journal holds records of an earlier run. records={0} interrupted={1}",
                    left.size(),
                    interrupted);
        }
    }

    @Override
    public Ticket open(RequestStarted started) {
        if (!sink.takes()) {
            throw new RecordUnavailable("the audit log can't be written");
        }
        int index = place();
        if (index < 0) {
            throw new RecordUnavailable(
                    "all " + file.capacity() + " places of the request journal are in use");
        }
        try {
            file.slot(index).open(started);
        } catch (IllegalStateException _) {
            throw new RecordUnavailable("the request journal is closed");
        }
        var ticket = new SlotTicket(index);
        if (force != null) {
            force(force, ticket);
        }
        return ticket;
    }

    @Override
    public boolean takes() {
        return sink.takes() && free.any();
    }

    /**
     * How full it is, to within what happens while it is looked at.
     *
     * @param underWay requests that were opened and not closed
     * @param waiting those that were closed and are not stored yet
     * @param capacity how many of both there may be
     */
    record Fill(int underWay, int waiting, int capacity) {}

    Fill fill() {
        int capacity = file.capacity();
        int stored = free.givings() - freeAtStart;
        int waiting = Math.clamp((int) closed.added() - stored, 0, capacity);
        return new Fill(Math.max(0, capacity - free.count() - waiting), waiting, capacity);
    }

    /** A free slot, -1 if there is none, not even in a moment. */
    private int place() {
        int index = free.take();
        if (index < 0) {
            drain.hurry();
            index = free.take(LONGEST_WAIT.toNanos());
        }
        return index;
    }

    /** What can't be forced goes nowhere, and is recorded as such as far as that works. */
    private static void force(GroupForce force, Ticket ticket) {
        try {
            force.force();
        } catch (IllegalStateException unforced) {
            ticket.close(UNFORCED);
            throw new RecordUnavailable("the request journal can't be forced to the disk");
        }
    }

    /**
     * Drains what has ended, for five seconds at the most, and closes the file. Requests that are
     * still under way are recorded as interrupted by the next start.
     */
    @Override
    public void close() {
        drain.stop(LAST_DRAIN);
        if (force != null) {
            force.close();
        }
        file.close();
    }

    private final class SlotTicket implements Ticket {
        private static final VarHandle ENDED = ended();
        private final int index;

        /** Set once, by the first caller of {@link #close}. */
        @SuppressWarnings("unused")
        private volatile boolean ended;

        SlotTicket(int index) {
            this.index = index;
        }

        @Override
        public void used(TokenCounts soFar, RequestCost cost) {
            if (ended) {
                return;
            }
            try {
                file.slot(index).used(soFar, cost);
            } catch (IllegalStateException _) {
                // The journal was closed: what it knew last stays.
            }
        }

        @Override
        public void close(RequestEnded how) {
            if (!ENDED.compareAndSet(this, false, true)) {
                return;
            }
            try {
                file.slot(index).close(how);
                closed.add(index);
            } catch (IllegalStateException _) {
                // The journal was closed before this request ended: the slot says that it is open,
                // and the next start records it as interrupted.
            }
        }

        private static VarHandle ended() {
            try {
                return MethodHandles.lookup()
                        .findVarHandle(SlotTicket.class, "ended", boolean.class);
            } catch (ReflectiveOperationException impossible) {
                throw new ExceptionInInitializerError(impossible);
            }
        }
    }
}
