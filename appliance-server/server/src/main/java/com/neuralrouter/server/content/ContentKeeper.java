package com.neuralrouter.server.content;

import com.neuralrouter.server.secret.UnopenableSecret;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.Tx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries content that is to be kept from the requests' threads into the store, sealed. What waits
 * is in memory only: it is lost when the process is killed, and never written anywhere in the
 * clear. Safe for all threads.
 */
public final class ContentKeeper implements ContentJournal, AutoCloseable {
    private static final Logger LOG = System.getLogger(ContentKeeper.class.getName());

    private static final int BATCH = 32;
    private static final long PAUSE_MILLIS = 250;
    private static final Duration LAST = Duration.ofSeconds(10);

    private final Database database;
    private final SealedContent sealed;
    private final long room;
    private final KeptContentStore store = new KeptContentStore();
    private final LinkedBlockingQueue<FinishedExchange> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong taken = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopping;

    /**
     * @param room how many bytes may be in memory, of requests under way and of those that wait
     */
    public ContentKeeper(Database database, SealedContent sealed, long room) {
        this.database = database;
        this.sealed = sealed;
        this.room = room;
        this.thread = Thread.ofPlatform().name("content-keeper").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    @Override
    public boolean reserve(int bytes) {
        if (stopping) {
            return false;
        }
        if (taken.addAndGet(bytes) > room) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    @Override
    public void release(int bytes) {
        taken.addAndGet(-bytes);
    }

    @Override
    public void keep(FinishedExchange exchange) {
        waiting.add(exchange);
    }

    private void run() {
        try {
            while (!stopping || !waiting.isEmpty()) {
                FinishedExchange next = waiting.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    var batch = new ArrayList<FinishedExchange>(BATCH);
                    batch.add(next);
                    waiting.drainTo(batch, BATCH - 1);
                    store(batch);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tries until they are stored, or until the appliance stops. */
    private void store(List<FinishedExchange> batch) {
        while (true) {
            try {
                database.write(tx -> {
                    batch.forEach(each -> store(tx, each));
                    return true;
                });
                break;
            } catch (RuntimeException failure) {
                LOG.log(
                        stopping ? Level.ERROR : Level.WARNING,
                        "content could not be kept requests={0} cause={1}",
                        batch.size(),
                        failure.getClass().getName());
                if (stopping) {
                    break;
                }
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        }
        batch.forEach(each -> release(each.held()));
    }

    private void store(Tx tx, FinishedExchange exchange) {
        if (store.has(tx, exchange.about().id())) {
            return; // The store had it, although it could not say so.
        }
        try {
            sealed.seal(tx, exchange);
        } catch (UnopenableSecret destroyed) {
            // Its workspace was deleted meanwhile, and all that was kept of it.
            LOG.log(
                    Level.WARNING,
                    "content is not kept request={0} why={1}",
                    exchange.about().id(),
                    destroyed.getMessage());
        }
    }

    /** What waits is stored first. */
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(LAST);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
