package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/**
 * Names an API key; it is not the key and not a part of it. On the wire it is the text of a UUID
 * (RFC 9562, version 7).
 */
public record ApiKeyId(UUID value) implements Comparable<ApiKeyId> {

    /** Reads the text form. Throws {@link IllegalArgumentException} when it is not a UUID. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ApiKeyId of(String text) {
        return new ApiKeyId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }

    @Override
    public int compareTo(ApiKeyId other) {
        return value.compareTo(other.value);
    }
}
