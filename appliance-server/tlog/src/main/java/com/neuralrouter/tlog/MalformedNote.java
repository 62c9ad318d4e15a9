package com.neuralrouter.tlog;

/**
 * What was handed in is not in one of the formats of this package. The message is one sentence that
 * says what is wrong; thrown by all {@code parse} and {@code decode} methods, which take what
 * others wrote.
 */
public final class MalformedNote extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MalformedNote(String message) {
        super(message);
    }
}
