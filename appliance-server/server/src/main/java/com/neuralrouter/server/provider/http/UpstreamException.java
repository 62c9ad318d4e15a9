package com.neuralrouter.server.provider.http;

import java.io.IOException;

/**
 * Why an exchange with a provider failed. The message is for operators and made of this package's
 * own words: nothing that the provider sent and nothing that was sent to it is in it. Expected, so
 * it has no stack trace.
 */
public final class UpstreamException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What an adapter branches on. */
    public enum Kind {
        /** No connection, or it broke. */
        UNREACHABLE,
        /** A deadline passed. */
        TIMED_OUT,
        /** What came is not an answer by the rules of HTTP/1.1. */
        BAD_REPLY,
        /** This side gave up. */
        CANCELLED
    }

    private final Kind kind;

    UpstreamException(Kind kind, String reason) {
        super(reason);
        this.kind = kind;
    }

    static UpstreamException badReply(String reason) {
        return new UpstreamException(Kind.BAD_REPLY, reason);
    }

    static UpstreamException unreachable(String reason) {
        return new UpstreamException(Kind.UNREACHABLE, reason);
    }

    public Kind kind() {
        return kind;
    }

    /** Never null, unlike {@link #getMessage()}. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
