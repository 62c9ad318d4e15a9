package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/**
 * Names a provider: one upstream service that speaks one wire format at one address. On the wire it
 * is the text of a UUID (RFC 9562, version 7).
 */
public record ProviderId(UUID value) implements Comparable<ProviderId> {

    /** Reads the text form. Throws {@link IllegalArgumentException} when it is not a UUID. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ProviderId of(String text) {
        return new ProviderId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }

    @Override
    public int compareTo(ProviderId other) {
        return value.compareTo(other.value);
    }
}
