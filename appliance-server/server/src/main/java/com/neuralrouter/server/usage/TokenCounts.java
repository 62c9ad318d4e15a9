package com.neuralrouter.server.usage;

import com.neuralrouter.server.catalogue.PricedTokens;

/**
 * Tokens of one request; the parts are contained in the wholes.
 *
 * @param input all tokens of the request
 * @param cachedInput those of them that the provider read from its cache
 * @param cacheWrites those of them that it wrote into its cache
 * @param output all tokens of the answer
 * @param reasoning those of them that were thoughts
 * @param estimated whether they were estimated because the provider reported none
 */
public record TokenCounts(
        long input,
        long cachedInput,
        long cacheWrites,
        long output,
        long reasoning,
        boolean estimated) {
    public static final TokenCounts NONE = new TokenCounts(0, 0, false);

    /** Of which nothing is known but the wholes. */
    public TokenCounts(long input, long output, boolean estimated) {
        this(input, 0, 0, output, 0, estimated);
    }

    /** Of the request and of the answer. */
    public long total() {
        return input + output;
    }

    /** As prices are asked for them. */
    public PricedTokens priced() {
        return new PricedTokens(input, cachedInput, cacheWrites, output, reasoning);
    }
}
