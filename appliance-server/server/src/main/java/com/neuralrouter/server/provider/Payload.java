package com.neuralrouter.server.provider;

import com.neuralrouter.server.chat.Conversation;

import java.util.List;
import java.util.Map;

/** What is sent to a provider. */
public sealed interface Payload {

    /**
     * A body in the format of the call's operation, which the provider speaks: it goes as it is.
     *
     * @param contentType as in {@code application/json}
     * @param body the bytes that policy saw, with the model's name at the provider in place; not
     *     copied
     * @param headers those of the app's request that its format has beside the body, by their names
     *     in lower case: {@link #PASSED} and no other
     */
    record Verbatim(String contentType, byte[] body, Map<String, String> headers)
            implements Payload {
        /** They name versions of Anthropic's format, and are nothing that identifies the app. */
        public static final List<String> PASSED = List.of("anthropic-version", "anthropic-beta");

        public Verbatim {
            headers = Map.copyOf(headers);
            if (!PASSED.containsAll(headers.keySet())) {
                throw new IllegalArgumentException("a header that is not passed on");
            }
        }

        /** Without headers. */
        public Verbatim(String contentType, byte[] body) {
            this(contentType, body, Map.of());
        }

        /** The same with these headers. */
        public Verbatim with(Map<String, String> passed) {
            return passed.isEmpty() ? this : new Verbatim(contentType, body, passed);
        }

        /** Shows no content. */
        @Override
        public String toString() {
            return "Verbatim[" + contentType + ", bytes=" + body.length + "]";
        }
    }

    /** A chat that the adapter puts into the provider's own format. */
    record Translated(Conversation conversation) implements Payload {}
}
