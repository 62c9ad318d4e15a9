package com.neuralrouter.server.budget;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What is spent and reserved of one number: millionths of money, or tokens. Nothing is reserved
 * beyond the limit, whoever asks at the same time. Safe for all threads, without a lock.
 */
final class Purse {
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong spent = new AtomicLong();

    /** Reserves that much, or nothing. */
    boolean reserve(long wanted, long limit) {
        for (long now = committed.get(); wanted <= limit - now; now = committed.get()) {
            if (committed.compareAndSet(now, now + wanted)) {
                return true;
            }
        }
        return false;
    }

    /** What was reserved is given up, what was used is spent. */
    void settle(long reserved, long used) {
        spent.addAndGet(used);
        committed.addAndGet(used - reserved);
    }

    /** The records know of more than was counted here. */
    void raiseTo(long recorded) {
        for (long now = spent.get(); now < recorded; now = spent.get()) {
            if (spent.compareAndSet(now, recorded)) {
                committed.addAndGet(recorded - now);
                return;
            }
        }
    }

    /** What could be reserved. */
    long left(long limit) {
        return Math.max(0, limit - committed.get());
    }

    long spent() {
        return spent.get();
    }

    long reserved() {
        return Math.max(0, committed.get() - spent.get());
    }
}
