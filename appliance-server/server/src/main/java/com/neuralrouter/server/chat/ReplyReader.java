package com.neuralrouter.server.chat;

import tools.jackson.databind.JsonNode;

import java.util.function.Consumer;

/**
 * Reads one answer in a provider's format, as messages of a stream or whole. One for each answer,
 * used by one thread. Lenient in what does not matter (unknown fields, empty lists, usage anywhere)
 * because providers differ; throws {@link MalformedChat} for what can't be understood.
 */
public interface ReplyReader {

    /**
     * Reads the next message of a stream.
     *
     * @param name the event's name; empty where the framing has none
     * @param to gets none, one or several events
     */
    void message(String name, JsonNode message, Consumer<ReplyEvent> to);

    /**
     * The stream is over. Hands on what was held back, ending with {@link ReplyEvent.Finished};
     * throws {@link MalformedChat} if it is over before the answer was.
     */
    void end(Consumer<ReplyEvent> to);

    /** Reads an answer that came whole, from {@link ReplyEvent.Begun} to the end. */
    void whole(JsonNode answer, Consumer<ReplyEvent> to);
}
