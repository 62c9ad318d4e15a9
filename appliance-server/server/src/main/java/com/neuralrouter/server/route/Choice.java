package com.neuralrouter.server.route;

import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.server.route.condition.Condition;

import org.jspecify.annotations.Nullable;

/**
 * What a route says about one of its upstreams beside where it is.
 *
 * @param weight its share beside the others'
 * @param percent of all requests, for a canary and a shadow
 * @param when without which it is not asked; null if there is no condition
 * @param price null if it is not known
 */
public record Choice(
        Use use, int weight, int percent, @Nullable Condition when, @Nullable Price price) {
    /** For every request, as much as any other. */
    public static final Choice PLAIN = new Choice(Use.ALWAYS, 1, 0, null, null);

    public Choice {
        if (weight < 1 || percent < 0 || percent > 100) {
            throw new IllegalArgumentException("weight " + weight + ", percent " + percent);
        }
    }

    /** What a million tokens cost, in millionths of the site's currency. */
    public record Price(long inputMicros, long outputMicros) {

        /** What a request costs, in units of 10⁻¹² of the currency. */
        double of(long inputTokens, long outputTokens) {
            return (double) inputMicros * inputTokens + (double) outputMicros * outputTokens;
        }
    }
}
