package com.neuralrouter.server.chat;

/**
 * A request asks for something that a format has no word for. The app is told which field it was;
 * nothing is sent. Expected, so it has no stack trace; its message never quotes the request.
 */
public final class Inexpressible extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field by the app's name and place, as in {@code messages[1].content[0]}
     * @param why a clause without a subject, as in {@code "has no counterpart in Gemini's format"}
     */
    public Inexpressible(String field, String why) {
        super(why, null, false, false);
        this.field = field;
    }

    public String field() {
        return field;
    }

    /** A clause whose subject is the field. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
