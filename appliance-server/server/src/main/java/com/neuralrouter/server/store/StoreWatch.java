package com.neuralrouter.server.store;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Looks each second whether this process still holds its store, on a thread of its own. A look that
 * does not come back counts as a no. Safe for all threads.
 */
final class StoreWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LONGEST_UNKNOWN = Duration.ofSeconds(8);

    private final BooleanSupplier look;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** When the last look began that was answered with yes, {@link System#nanoTime()}. */
    private volatile long seen = System.nanoTime();

    private volatile boolean held = true;

    private StoreWatch(BooleanSupplier look) {
        this.look = look;
    }

    static StoreWatch start(BooleanSupplier look) {
        var watch = new StoreWatch(look);
        Thread.ofPlatform().name("store-watch").daemon().start(watch::run);
        return watch;
    }

    boolean held() {
        return held && System.nanoTime() - seen < LONGEST_UNKNOWN.toNanos();
    }

    /** Known to be lost. */
    void lost() {
        held = false;
    }

    /** Known to be held again. */
    void regained() {
        held = true;
    }

    private void run() {
        try {
            while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                long began = System.nanoTime();
                if (look.getAsBoolean()) {
                    seen = began;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
