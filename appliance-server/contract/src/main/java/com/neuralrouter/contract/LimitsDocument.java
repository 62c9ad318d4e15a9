package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * How much may be asked at a time; what is absent is not limited. A request must keep to the limits
 * of the site, of its workspace, of its key and of its route.
 *
 * @param requestsPerMinute as many at once after a minute of silence, then one after the other,
 *     evenly
 * @param tokensPerMinute input and output together; the same way
 * @param concurrentRequests how many may be under way at a time
 */
public record LimitsDocument(
        @Nullable Integer requestsPerMinute,
        @Nullable Integer tokensPerMinute,
        @Nullable Integer concurrentRequests) {
    /** No limit at all. */
    public static final LimitsDocument NONE = new LimitsDocument(null, null, null);
}
