package com.neuralrouter.server.chat;

import tools.jackson.databind.node.ObjectNode;

/** Writes requests in one format that a provider speaks. Without state; safe for all threads. */
@FunctionalInterface
public interface ConversationWriter {

    /**
     * The request's body. Throws {@link Inexpressible} for what the format has no word for.
     *
     * @param model the model's name at the provider; formats that have it in the path ignore it
     */
    ObjectNode write(Conversation conversation, String model);
}
