package com.neuralrouter.server.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One force of the disk for all commits that wait for one. Whoever comes while none is under way
 * leads: it forces for itself and for all who came before it began; those who come meanwhile wait
 * for the next one. Nobody waits for company. Safe for all threads.
 *
 * <p>A force that failed is the last one. What the kernel could not write it may forget, and a
 * later force that succeeds says nothing about it (Rebello et al., "Can Applications Recover from
 * fsync Failures?", USENIX ATC 2020): so nothing is acknowledged until the process was started
 * again and has read the disk.
 */
final class GroupCommit {
    private static final Logger LOG = System.getLogger(GroupCommit.class.getName());

    /** Makes durable all that was committed before it was called. */
    interface Force {
        void run() throws IOException;
    }

    private final Force force;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();

    // Guarded by the lock.
    private long arrived;
    private long durable;
    private boolean forcing;
    private boolean failed;

    GroupCommit(Force force) {
        this.force = force;
    }

    /** Throws {@link StoreFailure} after a force that failed, before anything is committed. */
    void demandSound() {
        lock.lock();
        try {
            if (failed) {
                throw StoreFailure.of(new IOException());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * When this returns, what the caller committed is on the disk. Throws {@link StoreFailure}
     * whose outcome is unknown when that can't be said.
     */
    void awaitDurable() {
        lock.lock();
        try {
            arrived++;
            long mine = arrived;
            while (durable < mine && !failed) {
                if (forcing) {
                    ended.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
            if (durable < mine) {
                throw StoreFailure.whileCommitting(new IOException());
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many wait while another one forces. */
    int waiting() {
        lock.lock();
        try {
            return lock.getWaitQueueLength(ended);
        } finally {
            lock.unlock();
        }
    }

    private void lead() {
        long covered = arrived;
        forcing = true;
        boolean done = false;
        lock.unlock();
        try {
            force.run();
            done = true;
        } catch (IOException | RuntimeException failure) {
            LOG.log(
                    Level.ERROR,
                    "the store could not be written to the disk and accepts nothing more; check"
                            + " the disk and its free space, then restart the appliance cause={0}",
                    failure.getClass().getName());
        } finally {
            lock.lock();
            forcing = false;
            if (done) {
                durable = covered;
            } else {
                failed = true;
            }
            ended.signalAll();
        }
    }
}
