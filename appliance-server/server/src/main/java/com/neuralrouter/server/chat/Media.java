package com.neuralrouter.server.chat;

/** Something that is not text: in the request itself, or somewhere else. */
public sealed interface Media {

    /**
     * In the request.
     *
     * @param type as in {@code image/png}
     * @param base64 the bytes (RFC 4648, section 4), just as the app wrote them
     */
    record Inline(String type, String base64) implements Media {

        /** Shows no content. */
        @Override
        public String toString() {
            return "Inline[" + type + "]";
        }
    }

    /**
     * Somewhere else. The appliance never fetches it; a provider may, if it has a word for it.
     *
     * @param url {@code https} or {@code http}
     */
    record Remote(String url) implements Media {

        /** Shows no content. */
        @Override
        public String toString() {
            return "Remote[redacted]";
        }
    }
}
