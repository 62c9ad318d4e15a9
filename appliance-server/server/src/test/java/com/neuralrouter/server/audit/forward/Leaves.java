package com.neuralrouter.server.audit.forward;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** A log for tests: every leaf follows from its number, and there are as many as is said. */
final class Leaves implements LeafSource {
    private final AtomicLong size;

    Leaves(long size) {
        this.size = new AtomicLong(size);
    }

    /** An entry as the trail makes them, with something in it that is neither short nor ASCII. */
    static byte[] leaf(long sequence) {
        String more = sequence % 97 == 0 ? "x".repeat(5_000) : sequence % 31 == 0 ? "ä=|\\" : "";
        return """
        {"action":"api_key.created","actor":{"id":"d-%d","type":"device"},"details":{"note":"%s"},\
        "kind":"entry","outcome":"%s","request":"r-%d","sequence":%d,\
        "target":"api_key/%d","time":"2026-11-23T20:00:00.%06dZ","v":1}\
        """
                .formatted(
                        sequence,
                        more.replace("\\", "\\\\"),
                        sequence % 10 == 0 ? "refused" : "done",
                        sequence,
                        sequence,
                        sequence,
                        sequence % 1_000_000)
                .getBytes(StandardCharsets.UTF_8);
    }

    void grow(long by) {
        size.addAndGet(by);
    }

    @Override
    public long size() {
        return size.get();
    }

    @Override
    public void read(long from, long to, Visitor visitor) {
        if (from < 0 || to > size.get() || from > to) {
            throw new IllegalArgumentException(from + " to " + to + " of " + size.get());
        }
        for (long sequence = from; sequence < to; sequence++) {
            visitor.visit(sequence, leaf(sequence));
        }
    }
}
