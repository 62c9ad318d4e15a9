package com.neuralrouter.server.route.condition;

/** A condition can't be compiled. The message says what is wrong and at which character. */
public final class ConditionRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConditionRefused(int at, String message) {
        super("character " + (at + 1) + ": " + message, null, false, false);
    }

    /** What is wrong and where. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
