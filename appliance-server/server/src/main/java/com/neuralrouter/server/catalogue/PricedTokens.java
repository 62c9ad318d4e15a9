package com.neuralrouter.server.catalogue;

/**
 * Tokens by kind, as far as prices differ; the parts are contained in the wholes.
 *
 * @param input all tokens of the request
 * @param cachedInput those of them that were read from a cache
 * @param cacheWrites those of them that were written into a cache
 * @param output all tokens of the answer
 * @param reasoning those of them that were thoughts
 */
public record PricedTokens(
        long input, long cachedInput, long cacheWrites, long output, long reasoning) {

    /** Parts that a provider reports as larger than their whole are cut. */
    public PricedTokens {
        input = Math.max(0, input);
        cachedInput = within(cachedInput, input);
        cacheWrites = within(cacheWrites, input - cachedInput);
        output = Math.max(0, output);
        reasoning = within(reasoning, output);
    }

    /** Of which nothing is known but the wholes. */
    public PricedTokens(long input, long output) {
        this(input, 0, 0, output, 0);
    }

    private static long within(long part, long whole) {
        return Math.min(Math.max(0, part), whole);
    }
}
