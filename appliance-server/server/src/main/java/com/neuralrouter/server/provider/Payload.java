package com.neuralrouter.server.provider;

import com.neuralrouter.server.chat.Conversation;

/** What is sent to a provider. */
public sealed interface Payload {

    /**
     * A body in the format of the call's operation, which the provider speaks: it goes as it is.
     *
     * @param contentType as in {@code application/json}
     * @param body the bytes that policy saw, with the model's name at the provider in place; not
     *     copied
     */
    record Verbatim(String contentType, byte[] body) implements Payload {

        /** Shows no content. */
        @Override
        public String toString() {
            return "Verbatim[" + contentType + ", bytes=" + body.length + "]";
        }
    }

    /** A chat that the adapter puts into the provider's own format. */
    record Translated(Conversation conversation) implements Payload {}
}
