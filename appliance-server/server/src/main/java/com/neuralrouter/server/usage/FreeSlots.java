package com.neuralrouter.server.usage;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The slots that nobody uses, as a stack: the one that became free last is taken first, so that a
 * calm appliance stays in the same few pages of the file. Lock-free for all threads (Treiber's
 * stack); the head carries a count of changes, so that a slot which went and came back between a
 * look and the exchange is noticed.
 */
final class FreeSlots {
    private static final int NONE = -1;

    /** Changes in the upper half, the top slot in the lower. */
    private final AtomicLong head = new AtomicLong(head(0, NONE));

    /** Which one lies below each; written by whoever owns the slot, before it is pushed. */
    private final int[] below;

    FreeSlots(int capacity) {
        this.below = new int[capacity];
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

    void give(int slot) {
        while (true) {
            long seen = head.get();
            below[slot] = (int) seen;
            if (head.compareAndSet(seen, head(seen, slot))) {
                return;
            }
        }
    }

    private static long head(long before, int top) {
        return ((before >>> 32) + 1) << 32 | top & 0xffff_ffffL;
    }
}
