package com.neuralrouter.server.usage;

/**
 * What some requests came to: numbers that add up in any order.
 *
 * @param unpriced requests whose cost is not known, which is not in {@code costMicros}
 */
record UsageSum(
        long requests,
        long failed,
        long estimated,
        long unpriced,
        long input,
        long cached,
        long cacheWrites,
        long output,
        long reasoning,
        long costMicros,
        long durationMicros) {
    static final UsageSum NOTHING = new UsageSum(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    UsageSum plus(UsageSum other) {
        return new UsageSum(
                requests + other.requests,
                failed + other.failed,
                estimated + other.estimated,
                unpriced + other.unpriced,
                input + other.input,
                cached + other.cached,
                cacheWrites + other.cacheWrites,
                output + other.output,
                reasoning + other.reasoning,
                capped(costMicros, other.costMicros),
                durationMicros + other.durationMicros);
    }

    /** The one number of them that a price can make too large. */
    private static long capped(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
