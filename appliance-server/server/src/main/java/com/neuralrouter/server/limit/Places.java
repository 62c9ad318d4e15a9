package com.neuralrouter.server.limit;

import java.util.concurrent.atomic.AtomicInteger;

/** How many requests may be under way at a time. Safe for all threads, without a lock. */
public final class Places {
    private final AtomicInteger taken = new AtomicInteger();
    private volatile int limit;

    Places(int limit) {
        this.limit = limit;
    }

    /** The limit is another one now; who has a place keeps it. */
    void allow(int now) {
        limit = now;
    }

    public int limit() {
        return limit;
    }

    public int taken() {
        return taken.get();
    }

    /** Takes a place, if one is free. */
    boolean take() {
        int most = limit;
        for (int now = taken.get(); now < most; now = taken.get()) {
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    void giveBack() {
        taken.decrementAndGet();
    }
}
