package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A request that nobody has made: where would it go?
 *
 * @param model the public model name
 * @param apiKey the name of one of the workspace's keys; absent means none in particular
 * @param operation absent means chat_completions
 * @param headers those that the route's conditions may look at
 */
public record ExplainRoute(
        String workspace,
        String model,
        @Nullable String apiKey,
        @Nullable String operation,
        boolean stream,
        boolean tools,
        boolean images,
        long inputTokens,
        Map<String, String> headers) {

    @SuppressWarnings("NullAway") // A document may leave the headers out.
    public ExplainRoute {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }
}
