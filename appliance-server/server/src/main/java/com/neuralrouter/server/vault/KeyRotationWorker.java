package com.neuralrouter.server.vault;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.vault.KeyRotation.Step;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Does what is left of rotations, on a thread of its own: at the start, and whenever it is woken.
 * When the store refuses, it waits and tries again.
 */
public final class KeyRotationWorker implements AutoCloseable {
    private static final Logger LOG = System.getLogger(KeyRotationWorker.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KeyRotation rotation;
    private final AdminTransactions transactions;
    private final SiteReads reads;
    private final Ids ids;
    private final Semaphore wakes = new Semaphore(1);
    private final Thread thread;
    private volatile boolean closed;

    public KeyRotationWorker(
            KeyRotation rotation, AdminTransactions transactions, SiteReads reads, Ids ids) {
        this.rotation = rotation;
        this.transactions = transactions;
        this.reads = reads;
        this.ids = ids;
        this.thread = Thread.ofPlatform().name("key-rotation").daemon().unstarted(this::work);
    }

    /** Takes up what an earlier run left. */
    public void start() {
        thread.start();
    }

    /** There is something to do. Returns at once. */
    public void wake() {
        wakes.release();
    }

    private void work() {
        try {
            wakes.acquire();
            while (!closed) {
                wakes.drainPermits();
                if (workedOff()) {
                    wakes.acquire();
                } else {
                    boolean _ = wakes.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException _) {
            // Closed, or the process ends: what is left goes on at the next start.
            Thread.currentThread().interrupt();
        }
    }

    /** Whether nothing is left that could be done; false when the store refused. */
    private boolean workedOff() {
        Set<WorkspaceId> stuck = new HashSet<>();
        try {
            while (!closed && reads.read(tx -> rotation.isDue(tx, stuck))) {
                Step step =
                        transactions.run(
                                Authorisation.ofAppliance(
                                        "key rotation", Permission.KEYS_MANAGE, ids.nextRequest()),
                                tx -> rotation.step(tx, stuck));
                if (step == Step.OLD_ROOTS_UNUSED) {
                    rotation.retireOldRoots();
                }
            }
            return true;
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.ERROR,
                    "a rotation of keys is held up and will be tried again cause={0}",
                    failure.getClass().getName());
            return false;
        }
    }

    /** Waits for the step under way. */
    @Override
    public void close() {
        closed = true;
        wakes.release();
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
