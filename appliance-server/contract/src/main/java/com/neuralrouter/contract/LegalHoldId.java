package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/** Names a legal hold. On the wire it is the text of a UUID (RFC 9562, version 7). */
public record LegalHoldId(UUID value) implements Comparable<LegalHoldId> {

    /** Reads the text form. Throws {@link IllegalArgumentException} when it is not a UUID. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static LegalHoldId of(String text) {
        return new LegalHoldId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }

    @Override
    public int compareTo(LegalHoldId other) {
        return value.compareTo(other.value);
    }
}
