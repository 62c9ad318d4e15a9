package com.neuralrouter.server.policy;

/**
 * What rules are asked about a request.
 *
 * @param model the public model name
 * @param requestBytes the body's length
 * @param requestedOutputTokens how many output tokens the request asks for, or {@link
 *     #NOT_REQUESTED}
 */
public record PolicyFacts(String model, int requestBytes, long requestedOutputTokens) {
    /** The request leaves it to the provider. */
    public static final long NOT_REQUESTED = -1;
}
