package com.neuralrouter.server.route;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Calls a watch about once a second, from the start until it is closed. */
public final class WatchThread implements AutoCloseable {
    private static final long SECOND = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param tick never throws
     */
    public WatchThread(String name, Runnable tick) {
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> work(tick));
    }

    public void start() {
        thread.start();
    }

    private void work(Runnable tick) {
        try {
            while (!closed.await(SECOND, TimeUnit.MILLISECONDS)) {
                tick.run();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the look that is under way. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
