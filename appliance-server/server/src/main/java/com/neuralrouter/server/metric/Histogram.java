package com.neuralrouter.server.metric;

import java.util.Arrays;
import java.util.List;

/** How often times fell into each of some fixed buckets. Safe for all threads. */
public final class Histogram {
    private static final double MICROS = 1e6;

    private final double[] bounds;

    // Guarded by this.
    private final long[] counts;
    private long sumMicros;

    /**
     * @param family whose buckets it has
     */
    public Histogram(MetricFamily family) {
        this.bounds = family.bounds().stream().mapToDouble(Double::doubleValue).toArray();
        this.counts = new long[bounds.length + 1];
    }

    /** Counts one more. */
    public synchronized void add(long micros) {
        int place = Arrays.binarySearch(bounds, micros / MICROS);
        counts[place < 0 ? -place - 1 : place]++;
        sumMicros += micros;
    }

    /**
     * What it has counted.
     *
     * @param upTo how many were at most as long as each bound, and last how many there were at all
     * @param seconds all of them together
     */
    record Counted(List<Long> upTo, double seconds) {}

    synchronized Counted counted() {
        long[] upTo = counts.clone();
        Arrays.parallelPrefix(upTo, Long::sum);
        return new Counted(Arrays.stream(upTo).boxed().toList(), sumMicros / MICROS);
    }
}
