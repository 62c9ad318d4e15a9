package com.neuralrouter.server.route;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for a while; tests wait for nothing. */
@FunctionalInterface
public interface Pause {

    /** Whether the time passed; false if the thread was interrupted, and still is. */
    boolean millis(long millis);

    /** As long as the clock on the wall takes. */
    static boolean real(long millis) {
        try {
            return !new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
