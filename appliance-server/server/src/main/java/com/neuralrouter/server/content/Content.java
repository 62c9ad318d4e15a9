package com.neuralrouter.server.content;

/**
 * The bytes of a request's or an answer's body, in the one type that they are passed on in between
 * rooms: it tells their number and nothing else of them. Not copied; nobody changes them.
 */
public final class Content {
    public static final Content NONE = new Content(new byte[0]);

    private final byte[] bytes;

    private Content(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Keeps the array itself. */
    public static Content of(byte[] bytes) {
        return new Content(bytes);
    }

    /** The array itself. */
    public byte[] bytes() {
        return bytes;
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Content[redacted, " + bytes.length + " bytes]";
    }
}
