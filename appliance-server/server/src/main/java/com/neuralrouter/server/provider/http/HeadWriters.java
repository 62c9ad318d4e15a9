package com.neuralrouter.server.provider.http;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Lends {@link HeadWriter}s for as long as a request is sent: a connection that waits for its
 * answer holds none. What is not given back is lost to the collector and nothing else. Safe for all
 * threads.
 */
final class HeadWriters {
    /** As much as one TLS record holds. */
    private static final int BYTES = 16 << 10;

    private static final int KEPT = 16;

    private final AtomicReferenceArray<@Nullable HeadWriter> kept =
            new AtomicReferenceArray<>(KEPT);

    /** One with nothing in it. */
    HeadWriter take() {
        for (int i = 0; i < KEPT; i++) {
            if (kept.getPlain(i) != null) {
                HeadWriter writer = kept.getAndSet(i, null);
                if (writer != null) {
                    writer.restart();
                    return writer;
                }
            }
        }
        return new HeadWriter(new byte[BYTES]);
    }

    /** Wipes the secret that is in it. */
    void give(HeadWriter writer) {
        writer.wipe();
        for (int i = 0; i < KEPT; i++) {
            if (kept.getPlain(i) == null && kept.compareAndSet(i, null, writer)) {
                return;
            }
        }
    }
}
