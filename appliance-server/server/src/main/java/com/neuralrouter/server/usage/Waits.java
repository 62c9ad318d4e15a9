package com.neuralrouter.server.usage;

/**
 * How long a request waited before the upstream that served it was asked.
 *
 * @param queueMicros for a place at upstreams, and between attempts, µs
 * @param sentMicros from its arrival to that moment, µs; the rest of the time to the first byte is
 *     the upstream's
 */
public record Waits(long queueMicros, long sentMicros) {
    public static final Waits NONE = new Waits(0, 0);
}
