package com.neuralrouter.server.audit.timestamp;

/** What timestamps need can't be used; the message is a sentence for the operator. */
public final class TimestampUnusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TimestampUnusable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
