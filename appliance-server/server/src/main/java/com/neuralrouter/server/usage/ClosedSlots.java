package com.neuralrouter.server.usage;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The slots whose requests have ended, in that order, on their way to the store. Any thread adds,
 * with one atomic addition; one thread takes. A slot is in it once at the most, so a ring with a
 * place for each never overflows.
 */
final class ClosedSlots {
    private static final int NOTHING = 0;

    /** Slot numbers plus one. */
    private final AtomicIntegerArray ring;

    private final int mask;
    private final AtomicLong added = new AtomicLong();

    /** Owned by the taking thread. */
    private long taken;

    ClosedSlots(int capacity) {
        int places = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
        this.ring = new AtomicIntegerArray(places);
        this.mask = places - 1;
    }

    void add(int slot) {
        int place = (int) added.getAndIncrement() & mask;
        ring.setRelease(place, slot + 1);
    }

    /** How many were ever added. */
    long added() {
        return added.get();
    }

    /** Takes as many as there are and fit; returns their number. */
    int take(int[] into) {
        int count = 0;
        while (count < into.length) {
            int place = (int) taken & mask;
            int slot = ring.getAcquire(place);
            if (slot == NOTHING) {
                break;
            }
            ring.setRelease(place, NOTHING);
            into[count++] = slot - 1;
            taken++;
        }
        return count;
    }
}
