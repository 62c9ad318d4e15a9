package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/**
 * Names a change that waits, or waited, for a second person. On the wire it is the text of a UUID
 * (RFC 9562, version 7).
 */
public record ApprovalId(UUID value) implements Comparable<ApprovalId> {

    /** Reads the text form. Throws {@link IllegalArgumentException} when it is not a UUID. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ApprovalId of(String text) {
        return new ApprovalId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }

    @Override
    public int compareTo(ApprovalId other) {
        return value.compareTo(other.value);
    }
}
