package com.neuralrouter.server.provider.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Cuts the body of an answer into messages. One for each answer, used by one thread. */
public interface Framing {

    /**
     * One message.
     *
     * @param name the event's name; empty where the framing has none
     * @param data the bytes of its JSON text, from {@code at} on; valid until the next call
     */
    record Message(String name, byte[] data, int at, int length) {

        /** Shows no content. */
        @Override
        public String toString() {
            return "Message[" + name + ", bytes=" + length + "]";
        }
    }

    /** Waits for the next message; null at the end of a body that is whole. */
    @Nullable Message next() throws IOException;
}
