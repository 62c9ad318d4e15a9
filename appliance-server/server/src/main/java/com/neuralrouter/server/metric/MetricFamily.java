package com.neuralrouter.server.metric;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One metric: its samples differ in the values of its labels and in nothing else. Named as
 * Prometheus' "Metric and label naming" (read November 2026) has it: the unit at the end, base
 * units, {@code _total} behind what only grows.
 *
 * @param name whole, with the prefix of this program
 * @param help one sentence
 * @param labels their names, in the order of the values
 * @param bounds of a histogram's buckets, rising; empty for others
 */
public record MetricFamily(
        String name, Kind kind, String help, List<String> labels, List<Double> bounds) {
    private static final String PREFIX = "neural_router_";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    /** What its numbers do. */
    public enum Kind {
        /** They grow, from 0 at the start of the process. */
        COUNTER,
        /** They rise and fall. */
        GAUGE,
        /** They are spread over buckets. */
        HISTOGRAM;

        /** As the format has it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public MetricFamily {
        labels = List.copyOf(labels);
        bounds = List.copyOf(bounds);
        if (!NAME.matcher(name).matches()
                || !labels.stream().allMatch(label -> NAME.matcher(label).matches())) {
            throw new IllegalArgumentException(name + " with " + labels + " is no name");
        }
        if (name.endsWith("_total") != (kind == Kind.COUNTER)) {
            throw new IllegalArgumentException(name + " is no name of a " + kind.word());
        }
        if (bounds.isEmpty() != (kind != Kind.HISTOGRAM)
                || !bounds.stream().sorted().distinct().toList().equals(bounds)) {
            throw new IllegalArgumentException(name + " has buckets up to " + bounds);
        }
        if (help.indexOf('\\') >= 0 || help.indexOf('\n') >= 0 || help.isBlank()) {
            throw new IllegalArgumentException(name + " is not explained in one line");
        }
    }

    /** Of numbers that only grow; the name ends in {@code _total}. */
    public static MetricFamily counter(String name, String help, String... labels) {
        return new MetricFamily(PREFIX + name, Kind.COUNTER, help, List.of(labels), List.of());
    }

    /** Of numbers that rise and fall. */
    public static MetricFamily gauge(String name, String help, String... labels) {
        return new MetricFamily(PREFIX + name, Kind.GAUGE, help, List.of(labels), List.of());
    }

    /**
     * Of times in seconds.
     *
     * @param bounds the largest value of each bucket but the last, which has no end
     */
    public static MetricFamily histogram(
            String name, String help, List<Double> bounds, String... labels) {
        return new MetricFamily(PREFIX + name, Kind.HISTOGRAM, help, List.of(labels), bounds);
    }
}
