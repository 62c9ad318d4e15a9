package com.neuralrouter.server.audit.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What a receiver has got, looked at as one that drops what has a number that it has had: each
 * entry has either such a number or the next one, and its bytes are the log's. Safe for all
 * threads.
 */
final class Received {
    private long next;
    private long doubled;
    private String wrong = "";

    synchronized void add(long sequence, byte[] leaf) {
        if (sequence > next && wrong.isEmpty()) {
            wrong = "got " + sequence + " and waited for " + next;
        }
        if (!Arrays.equals(leaf, Leaves.leaf(sequence)) && wrong.isEmpty()) {
            wrong = "got another entry as " + sequence;
        }
        if (sequence < next) {
            doubled++;
        } else {
            next = sequence + 1;
        }
    }

    synchronized void begins(long from) {
        next = from;
    }

    synchronized long next() {
        return next;
    }

    synchronized long doubled() {
        return doubled;
    }

    synchronized void assertSound() {
        assertThat(wrong).isEmpty();
    }

    /** Waits until it has all up to before that number; fails when that takes too long. */
    void awaitAll(long size, int seconds) {
        await(seconds, () -> next() >= size || !sound());
        assertSound();
        assertThat(next()).isEqualTo(size);
    }

    private synchronized boolean sound() {
        return wrong.isEmpty();
    }

    static void await(int seconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("did not come within " + seconds + " s");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
