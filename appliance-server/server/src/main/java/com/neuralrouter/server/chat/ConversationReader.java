package com.neuralrouter.server.chat;

import tools.jackson.databind.JsonNode;

/** Reads requests in one format that apps speak. Without state; safe for all threads. */
@FunctionalInterface
public interface ConversationReader {

    /**
     * Reads a request whose text has been checked already (strict JSON, an object). Throws {@link
     * Inexpressible} naming the field for what other formats could have no word for, and {@link
     * MalformedChat} for what is wrong in the format itself.
     */
    Conversation read(JsonNode request);
}
