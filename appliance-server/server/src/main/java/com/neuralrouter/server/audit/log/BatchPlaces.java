package com.neuralrouter.server.audit.log;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** Where in a segment its batches begin. Grows at its end only; safe for all threads. */
final class BatchPlaces {
    private final long first;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock. Both go up.
    private int[] positions = new int[16];
    private int[] offsets = new int[16];
    private int count;
    private int end;

    /**
     * @param first the sequence of the segment's first entry
     */
    BatchPlaces(long first) {
        this.first = first;
    }

    long first() {
        return first;
    }

    /**
     * A batch that begins at the position with that entry, behind those there are.
     *
     * @param batchEnd the position behind it
     */
    void add(int position, long batchFirst, int batchEnd) {
        lock.lock();
        try {
            if (count == positions.length) {
                positions = Arrays.copyOf(positions, 2 * count);
                offsets = Arrays.copyOf(offsets, 2 * count);
            }
            positions[count] = position;
            offsets[count] = Math.toIntExact(batchFirst - first);
            count++;
            end = batchEnd;
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** The position behind the last batch; 0 if there is none. */
    int end() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    /** Of the batch with that number in the segment. */
    int position(int number) {
        lock.lock();
        try {
            return positions[number];
        } finally {
            lock.unlock();
        }
    }

    /** The first entry of the batch with that number in the segment. */
    long first(int number) {
        lock.lock();
        try {
            return first + offsets[number];
        } finally {
            lock.unlock();
        }
    }

    /** The number of the batch that holds the entry, which must be in the segment. */
    int numberOf(long sequence) {
        lock.lock();
        try {
            int found = Arrays.binarySearch(offsets, 0, count, (int) (sequence - first));
            return found >= 0 ? found : -found - 2;
        } finally {
            lock.unlock();
        }
    }
}
