package com.neuralrouter.server.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Waits for something to become so, until a deadline. */
final class Awaiting {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Awaiting() {}

    static <T> T value(Callable<Optional<T>> source) throws Exception {
        return value(LONGEST, source);
    }

    static <T> T value(Duration longest, Callable<Optional<T>> source) throws Exception {
        long deadline = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<T> value = source.call();
            if (value.isPresent()) {
                return value.get();
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nothing came within " + longest);
    }
}
