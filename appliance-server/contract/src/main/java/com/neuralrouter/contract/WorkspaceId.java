package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/**
 * Names a workspace: the tenant that everything on the inference plane belongs to. On the wire it
 * is the text of a UUID (RFC 9562, version 7).
 */
public record WorkspaceId(UUID value) implements Comparable<WorkspaceId> {

    /** Reads the text form. Throws {@link IllegalArgumentException} when it is not a UUID. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static WorkspaceId of(String text) {
        return new WorkspaceId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }

    @Override
    public int compareTo(WorkspaceId other) {
        return value.compareTo(other.value);
    }
}
