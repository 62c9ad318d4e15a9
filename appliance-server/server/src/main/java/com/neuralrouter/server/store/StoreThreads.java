package com.neuralrouter.server.store;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The threads on which the database works. They exist because interrupting a thread that is inside
 * a file channel closes the channel ({@link java.nio.channels.InterruptibleChannel}), and with it
 * the whole H2 database; and the threads of clients are interrupted when a deadline passes. Nobody
 * interrupts these.
 */
final class StoreThreads implements AutoCloseable {
    private static final ThreadLocal<Boolean> IS_STORE_THREAD =
            ThreadLocal.withInitial(() -> Boolean.FALSE);

    private final ExecutorService threads;

    StoreThreads(int count) {
        var number = new AtomicInteger();
        this.threads =
                Executors.newFixedThreadPool(
                        count,
                        task ->
                                Thread.ofPlatform()
                                        .name("store-" + number.incrementAndGet())
                                        .daemon()
                                        .unstarted(() -> {
                                            IS_STORE_THREAD.set(Boolean.TRUE);
                                            task.run();
                                        }));
    }

    /**
     * Runs the work and waits for it, also when the caller is interrupted meanwhile: its
     * transaction goes on to a known end, and the interrupt is there again afterwards.
     */
    <T> T call(Supplier<T> work) {
        if (IS_STORE_THREAD.get()) {
            throw new IllegalStateException("a transaction was opened inside another one");
        }
        Future<T> result = threads.submit(work::get);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                } catch (ExecutionException failed) {
                    throw unwrapped(failed);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unwrapped(ExecutionException failed) {
        if (failed.getCause() instanceof Error error) {
            throw error;
        }
        return failed.getCause() instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException(failed);
    }

    /** Waits for what is under way. */
    @Override
    public void close() {
        threads.close();
    }
}
