package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/**
 * Names one request, on either plane; every answer carries it as {@code x-request-id}. On the wire
 * it is the text of a UUID (RFC 9562, version 7).
 */
public record RequestId(UUID value) implements Comparable<RequestId> {

    /** Reads the text form. Throws {@link IllegalArgumentException} when it is not a UUID. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RequestId of(String text) {
        return new RequestId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }

    @Override
    public int compareTo(RequestId other) {
        return value.compareTo(other.value);
    }
}
