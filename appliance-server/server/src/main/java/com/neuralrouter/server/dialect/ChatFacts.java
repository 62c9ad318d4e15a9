package com.neuralrouter.server.dialect;

import com.neuralrouter.server.dialect.ChatRequest.Facts;

import java.util.List;

/** A request for a chat, whose facts were noted when it was read. */
interface ChatFacts extends InferenceRequest {

    Facts facts();

    @Override
    default String model() {
        return facts().model();
    }

    @Override
    default boolean stream() {
        return facts().stream();
    }

    @Override
    default long outputTokens() {
        return facts().outputTokens();
    }

    @Override
    default List<String> tools() {
        return facts().tools();
    }

    @Override
    default boolean images() {
        return facts().images();
    }

    @Override
    default Beginning beginning() {
        return facts().beginning();
    }
}
