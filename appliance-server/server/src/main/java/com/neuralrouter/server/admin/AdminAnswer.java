package com.neuralrouter.server.admin;

import org.jspecify.annotations.Nullable;

import java.util.OptionalLong;

/**
 * What an endpoint answers. {@link AdminHttp} writes it, never to be stored by anybody on the way.
 *
 * @param body a record of the contract, or a {@link PlainText}; null for an answer without one
 * @param version becomes the {@code ETag}; -1 for none
 */
public record AdminAnswer(int status, @Nullable Object body, long version) {

    public static AdminAnswer ok(Object body) {
        return new AdminAnswer(200, body, -1);
    }

    /** Text for a program that reads no JSON. */
    public static AdminAnswer text(String contentType, String text) {
        return new AdminAnswer(200, new PlainText(contentType, text), -1);
    }

    /** A body that is no JSON. */
    record PlainText(String contentType, String text) {}

    public static AdminAnswer created(Object body) {
        return new AdminAnswer(201, body, -1);
    }

    public static AdminAnswer noContent() {
        return new AdminAnswer(204, null, -1);
    }

    /** The same with the version that an update sends back as {@code If-Match}. */
    public AdminAnswer withVersion(long version) {
        return new AdminAnswer(status, body, version);
    }

    OptionalLong etag() {
        return version < 0 ? OptionalLong.empty() : OptionalLong.of(version);
    }

    /** Shows no body: it may be the one answer that carries a secret. */
    @Override
    public String toString() {
        return "AdminAnswer[status=" + status + ", body=redacted]";
    }
}
