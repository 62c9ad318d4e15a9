package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/**
 * Names an enrolled administrator's device: one client certificate's key. On the wire it is the
 * text of a UUID (RFC 9562, version 7).
 */
public record DeviceId(UUID value) implements Comparable<DeviceId> {

    /** Reads the text form. Throws {@link IllegalArgumentException} when it is not a UUID. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DeviceId of(String text) {
        return new DeviceId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }
}
