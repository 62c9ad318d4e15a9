package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What a policy's test asks; what is absent is the least that a request can have.
 *
 * @param operation absent means chat_completions
 * @param classification absent means that the request has no label
 * @param address where it comes from
 * @param at when it comes
 * @param provider where it would be sent; absent means that nobody asks
 */
public record TestRequestDocument(
        @Nullable String operation,
        String model,
        @Nullable Integer requestBytes,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        @Nullable List<String> tools,
        @Nullable Boolean images,
        @Nullable String classification,
        @Nullable String address,
        @Nullable Instant at,
        @Nullable String provider) {
    public TestRequestDocument {
        tools = tools == null ? null : List.copyOf(tools);
    }
}
