package com.neuralrouter.server.usage;

/**
 * Tokens of one request.
 *
 * @param estimated whether they were estimated because the provider reported none
 */
public record TokenCounts(long input, long output, boolean estimated) {
    public static final TokenCounts NONE = new TokenCounts(0, 0, false);
}
