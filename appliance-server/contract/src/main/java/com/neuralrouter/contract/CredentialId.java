package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/**
 * Names a provider credential of one workspace. On the wire it is the text of a UUID (RFC 9562,
 * version 7).
 */
public record CredentialId(UUID value) implements Comparable<CredentialId> {

    /** Reads the text form. Throws {@link IllegalArgumentException} when it is not a UUID. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static CredentialId of(String text) {
        return new CredentialId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }

    @Override
    public int compareTo(CredentialId other) {
        return value.compareTo(other.value);
    }
}
