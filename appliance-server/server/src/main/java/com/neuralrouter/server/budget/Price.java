package com.neuralrouter.server.budget;

/**
 * What a million tokens cost, in millionths of the site's currency.
 *
 * @param input of a request
 * @param output of an answer
 */
public record Price(long input, long output) {
    private static final long MILLION = 1_000_000;

    /** What costs nothing. */
    public static final Price NOTHING = new Price(0, 0);

    public Price {
        if (input < 0 || output < 0) {
            throw new IllegalArgumentException("a price below nothing: " + input + ", " + output);
        }
    }

    /** What those tokens cost, rounded up. */
    public long of(long inputTokens, long outputTokens) {
        double about = (double) input * inputTokens + (double) output * outputTokens;
        return about < Long.MAX_VALUE / 2
                ? Math.ceilDiv(input * inputTokens + output * outputTokens, MILLION)
                : (long) (about / MILLION);
    }

    /** The dearer of both, for input and output each. */
    public Price or(Price other) {
        return new Price(Math.max(input, other.input), Math.max(output, other.output));
    }

    /** How many tokens of an answer that much money buys. */
    long outputFor(long micros) {
        return output == 0 ? Long.MAX_VALUE : (long) ((double) micros * MILLION / output);
    }
}
