package com.neuralrouter.server.usage;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has what many threads wrote forced to the disk, by a thread of its own: one force for all who
 * asked before it began. Who asks while one is under way waits for the next, because that one may
 * have passed its bytes already. Safe for all threads.
 */
final class GroupForce implements AutoCloseable {
    private final Runnable force;
    private final Duration patience;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition done = lock.newCondition();

    // Guarded by lock.
    private long asked;
    private long answered;
    private long failedUpTo;
    private @Nullable RuntimeException failure;
    private boolean closed;

    private GroupForce(Runnable force, Duration patience) {
        this.force = force;
        this.patience = patience;
        this.thread = Thread.ofPlatform().name("journal-force").daemon().unstarted(this::run);
    }

    /**
     * @param force throws what it likes when it fails
     * @param patience how long anybody waits for it
     */
    static GroupForce start(Runnable force, Duration patience) {
        var group = new GroupForce(force, patience);
        group.thread.start();
        return group;
    }

    /**
     * When this returns, what the caller wrote before is on the disk. Throws {@link
     * IllegalStateException} when it may not be.
     */
    void force() {
        lock.lock();
        try {
            long mine = ++asked;
            wanted.signal();
            long left = patience.toNanos();
            while (answered < mine) {
                if (closed || left <= 0) {
                    throw new IllegalStateException("the disk does not answer");
                }
                left = done.awaitNanos(left);
            }
            if (mine <= failedUpTo) {
                throw new IllegalStateException("the disk refuses", failure);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the appliance is stopping", stopping);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (long upTo = next(); upTo > 0; upTo = next()) {
            RuntimeException failed = null;
            try {
                force.run();
            } catch (RuntimeException refusal) {
                failed = refusal;
            }
            lock.lock();
            try {
                answered = upTo;
                if (failed != null) {
                    failure = failed;
                    failedUpTo = upTo;
                }
                done.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Up to whom the next force is for; 0 when there will be none. */
    private long next() {
        lock.lock();
        try {
            while (asked == answered && !closed) {
                wanted.awaitUninterruptibly();
            }
            return closed ? 0 : asked;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread, after the force that it is in; who still waits is refused. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            wanted.signal();
            done.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(patience.toNanos()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
