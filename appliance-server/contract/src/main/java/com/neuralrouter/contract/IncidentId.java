package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/** Names an incident. On the wire it is the text of a UUID (RFC 9562, version 7). */
public record IncidentId(UUID value) implements Comparable<IncidentId> {

    /** Reads the text form. Throws {@link IllegalArgumentException} when it is not a UUID. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static IncidentId of(String text) {
        return new IncidentId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }

    @Override
    public int compareTo(IncidentId other) {
        return value.compareTo(other.value);
    }
}
