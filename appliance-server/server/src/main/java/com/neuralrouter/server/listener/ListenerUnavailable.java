package com.neuralrouter.server.listener;

/** A listener can't be started; the message is one sentence for the person who starts it. */
public final class ListenerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListenerUnavailable(String message) {
        super(message, null, false, false);
    }
}
