package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * What one request took, beyond its tokens.
 *
 * @param cachedInputTokens tokens of the request that the provider read from its cache
 * @param cacheWriteTokens tokens of the request that it wrote into its cache
 * @param reasoningTokens tokens of the answer that were thoughts
 * @param costMicros in millionths of the currency; absent if it is not known
 * @param currency as in ISO 4217; absent if it is not known
 * @param priceBook what it was priced by; absent if by nothing
 * @param queueMicros how long it waited for its turn at upstreams, µs
 * @param sentMicros from its arrival to when the upstream that served it was asked, µs
 * @param overtakenTokens those that an upstream is taken to have used that was asked for the same
 *     and cut off, in no other count of tokens but in the cost and in what budgets count; absent if
 *     none was
 */
public record RequestCosts(
        long cachedInputTokens,
        long cacheWriteTokens,
        long reasoningTokens,
        @Nullable Long costMicros,
        @Nullable String currency,
        @Nullable String priceBook,
        long queueMicros,
        long sentMicros,
        @Nullable Long overtakenTokens) {

    /** Of a request for which nobody was cut off. */
    public RequestCosts(
            long cachedInputTokens,
            long cacheWriteTokens,
            long reasoningTokens,
            @Nullable Long costMicros,
            @Nullable String currency,
            @Nullable String priceBook,
            long queueMicros,
            long sentMicros) {
        this(
                cachedInputTokens,
                cacheWriteTokens,
                reasoningTokens,
                costMicros,
                currency,
                priceBook,
                queueMicros,
                sentMicros,
                null);
    }
}
