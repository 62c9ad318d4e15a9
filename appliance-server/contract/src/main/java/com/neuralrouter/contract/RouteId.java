package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/**
 * Names a route: a public model name and the upstreams it leads to. On the wire it is the text of a
 * UUID (RFC 9562, version 7).
 */
public record RouteId(UUID value) implements Comparable<RouteId> {

    /** Reads the text form. Throws {@link IllegalArgumentException} when it is not a UUID. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RouteId of(String text) {
        return new RouteId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }

    @Override
    public int compareTo(RouteId other) {
        return value.compareTo(other.value);
    }
}
