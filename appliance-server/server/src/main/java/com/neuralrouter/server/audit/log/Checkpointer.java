package com.neuralrouter.server.audit.log;

import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.SignedNote;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Signs the tree: each second when there is something new, at once when there are ten thousand new
 * entries, and when it is asked to. It has one thread of its own, and signs nothing that is not
 * durable, nor anything smaller than it signed before. Safe for all threads.
 */
final class Checkpointer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Checkpointer.class.getName());
    private static final long MOST_ENTRIES = 10_000;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CheckpointFile file;
    private final EntryLogKeys keys;
    private final Clock clock;
    private final Supplier<LogEnd> durable;

    /** Held while one is signed and written. */
    private final ReentrantLock signing = new ReentrantLock();

    /** Set under the lock above. */
    private volatile Signed newest;

    /** Owned by the thread, and by who closes once that has ended. */
    private boolean failed;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition due = lock.newCondition();

    /** Guarded by the lock. */
    private boolean closed;

    private final Thread thread = Thread.ofPlatform().name("audit-checkpoint").unstarted(this::run);

    /** The checkpoint, of how many entries, and when this process signed or found it. */
    private record Signed(long size, SignedNote note, Instant at) {}

    private Checkpointer(
            CheckpointFile file,
            EntryLogKeys keys,
            Clock clock,
            SignedNote newest,
            Supplier<LogEnd> durable) {
        this.file = file;
        this.keys = keys;
        this.clock = clock;
        this.durable = durable;
        this.newest = new Signed(Checkpoint.parse(newest.text()).size(), newest, clock.instant());
    }

    /**
     * Begins to watch.
     *
     * @param newest the checkpoint in the file
     * @param durable tells the log's end, as far as it is on the disk
     */
    static Checkpointer start(
            CheckpointFile file,
            EntryLogKeys keys,
            Clock clock,
            SignedNote newest,
            Supplier<LogEnd> durable) {
        var checkpointer = new Checkpointer(file, keys, clock, newest, durable);
        checkpointer.thread.setDaemon(true);
        checkpointer.thread.start();
        return checkpointer;
    }

    /** The first checkpoint, of the tree without entries. */
    static SignedNote first(CheckpointFile file, EntryLogKeys keys, Clock clock) {
        SignedNote note = sign(keys, clock, LogEnd.start());
        try {
            file.replace(note);
            return note;
        } catch (IOException failure) {
            throw AuditUnavailable.failing(failure);
        }
    }

    private static SignedNote sign(EntryLogKeys keys, Clock clock, LogEnd end) {
        var checkpoint = new Checkpoint(keys.origin(), end.size(), end.root());
        Instant last = LogEnd.time(end.micros());
        Instant now = clock.instant();
        // A clock that was set back must not make a checkpoint older than what it is of.
        return keys.sign(checkpoint, now.isBefore(last) ? last : now);
    }

    /** The newest one in the file. */
    SignedNote newest() {
        return newest.note();
    }

    /** When that was signed; when this process began if an earlier one signed it. */
    Instant newestAt() {
        return newest.at();
    }

    /** To be called when the log has grown. */
    void grownTo(long size) {
        if (size - newest.size() >= MOST_ENTRIES) {
            lock.lock();
            try {
                due.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /** One of all that is durable now. Throws {@link AuditUnavailable} if it can't be written. */
    SignedNote now() {
        signing.lock();
        try {
            LogEnd end = durable.get();
            if (end.size() > newest.size()) {
                SignedNote note = sign(keys, clock, end);
                file.replace(note);
                newest = new Signed(end.size(), note, clock.instant());
            }
            return newest.note();
        } catch (IOException failure) {
            throw AuditUnavailable.failing(failure);
        } finally {
            signing.unlock();
        }
    }

    private void run() {
        while (awaitDue()) {
            quietly();
        }
    }

    private boolean awaitDue() {
        lock.lock();
        try {
            // Woken too early, it signs too early, which does no harm.
            return !closed && due.awaitNanos(MOST_NANOS) <= MOST_NANOS && !closed;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The next attempt is a second later. */
    private void quietly() {
        try {
            now();
            failed = false;
        } catch (RuntimeException failure) {
            if (!failed) {
                LOG.log(
                        Level.ERROR,
                        "no checkpoint of the audit log can be written; check the disk of the audit"
                                + " folder cause={0}",
                        failure.getCause() == null ? failure : failure.getCause());
            }
            failed = true;
        }
    }

    /** Signs what is durable by now, if it can, and then nothing more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            due.signal();
        } finally {
            lock.unlock();
        }
        LogWriter.join(thread);
        quietly();
    }
}
