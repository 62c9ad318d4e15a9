package com.neuralrouter.server.usage;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The slots that nobody uses, as a stack: the one that became free last is taken first, so that a
 * calm appliance stays in the same few pages of the file. Lock-free for all threads (Treiber's
 * stack); the head carries a count of changes, so that a slot which went and came back between a
 * look and the exchange is noticed. Only who finds none waits, and only then does whoever gives one
 * back take a lock.
 */
final class FreeSlots {
    private static final int NONE = -1;

    /** Changes in the upper half, the top slot in the lower. */
    private final AtomicLong head = new AtomicLong(head(0, NONE));

    /** Which one lies below each; written by whoever owns the slot, before it is pushed. */
    private final int[] below;

    /** How many were ever given; wraps around as the count of changes does. */
    private final AtomicInteger givings = new AtomicInteger();

    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();

    FreeSlots(int capacity) {
        this.below = new int[capacity];
    }

    /** Whether there is one at the moment. */
    boolean any() {
        return (int) head.get() != NONE;
    }

    /** How many were ever given, those at the start among them; to the 32nd power of two. */
    int givings() {
        return givings.get();
    }

    /**
     * How many there are at the moment. Nobody who takes one counts: each change of the head was a
     * giving or a taking, but for the first, and givings are counted.
     */
    int count() {
        int changes = (int) (head.get() >>> 32) - 1;
        return Math.clamp(2 * givings.get() - changes, 0, below.length);
    }

    /** Takes a slot; -1 if all are in use. */
    int take() {
        while (true) {
            long seen = head.get();
            int top = (int) seen;
            if (top == NONE) {
                return NONE;
            }
            if (head.compareAndSet(seen, head(seen, below[top]))) {
                return top;
            }
        }
    }

    /** Takes a slot, and waits for one if all are in use; -1 if none came, or on an interrupt. */
    int take(long atMostNanos) {
        int slot = take();
        return slot == NONE ? await(atMostNanos) : slot;
    }

    private int await(long atMostNanos) {
        lock.lock();
        // Counted before the look: whoever gives one back after it sees that somebody waits.
        waiting.incrementAndGet();
        try {
            long left = atMostNanos;
            int slot = take();
            while (slot == NONE && left > 0) {
                left = given.awaitNanos(left);
                slot = take();
            }
            return slot;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return NONE;
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    void give(int slot) {
        long seen;
        do {
            seen = head.get();
            below[slot] = (int) seen;
        } while (!head.compareAndSet(seen, head(seen, slot)));
        givings.incrementAndGet();
        if (waiting.get() > 0) {
            lock.lock();
            try {
                given.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    private static long head(long before, int top) {
        return ((before >>> 32) + 1) << 32 | top & 0xffff_ffffL;
    }
}
