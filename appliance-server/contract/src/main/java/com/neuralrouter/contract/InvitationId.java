package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/**
 * Names an invitation to enrol a device. On the wire it is the text of a UUID (RFC 9562, version
 * 7).
 */
public record InvitationId(UUID value) implements Comparable<InvitationId> {

    /** Reads the text form. Throws {@link IllegalArgumentException} when it is not a UUID. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static InvitationId of(String text) {
        return new InvitationId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }

    @Override
    public int compareTo(InvitationId other) {
        return value.compareTo(other.value);
    }
}
