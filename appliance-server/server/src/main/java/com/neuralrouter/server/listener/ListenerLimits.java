package com.neuralrouter.server.listener;

/**
 * What clients of one listener may cost.
 *
 * @param bodyBytes the largest request body
 * @param headBytes the largest request line plus headers
 * @param connections how many connections are kept at once; more wait to be accepted
 * @param concurrentRequests how many requests run at once; more are answered with 429
 */
public record ListenerLimits(
        int bodyBytes, int headBytes, int connections, int concurrentRequests) {

    public ListenerLimits {
        if (bodyBytes < 1 || headBytes < 1 || connections < 1 || concurrentRequests < 1) {
            throw new IllegalArgumentException(
                    "a listener's limits are at least 1: bodyBytes=%d headBytes=%d connections=%d concurrentRequests=%d"
                            .formatted(bodyBytes, headBytes, connections, concurrentRequests));
        }
    }
}
