package com.neuralrouter.server.chat;

/**
 * A request or an answer breaks the rules of its own format. Expected, so it has no stack trace;
 * its message never quotes what was read.
 */
public final class MalformedChat extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field which field, as in {@code messages[1].role}; empty if it is about the whole
     * @param why a clause whose subject is the field, as in {@code "must be a string"}
     */
    public MalformedChat(String field, String why) {
        super(why, null, false, false);
        this.field = field;
    }

    public String field() {
        return field;
    }

    public String why() {
        return String.valueOf(getMessage());
    }
}
