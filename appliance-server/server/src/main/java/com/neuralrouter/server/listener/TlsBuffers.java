package com.neuralrouter.server.listener;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Room for one TLS record each, lent for as long as a record is opened or sealed. A connection that
 * waits holds none, so that ten thousand quiet streams cost no more buffers than a few busy ones.
 * What is not given back is lost to the collector and nothing else. Safe for all threads.
 */
final class TlsBuffers {
    /** A record with its header and tag, and the same opened, are a little above 16 KiB. */
    private static final int BYTES = 17 << 10;

    private static final int KEPT = 32;

    private final AtomicReferenceArray<@Nullable ByteBuffer> kept =
            new AtomicReferenceArray<>(KEPT);

    /** An empty one. */
    ByteBuffer take() {
        for (int i = 0; i < KEPT; i++) {
            if (kept.getPlain(i) != null) {
                ByteBuffer buffer = kept.getAndSet(i, null);
                if (buffer != null) {
                    return buffer.clear();
                }
            }
        }
        return ByteBuffer.allocate(BYTES);
    }

    void give(ByteBuffer buffer) {
        if (buffer.capacity() != BYTES) {
            return;
        }
        for (int i = 0; i < KEPT; i++) {
            if (kept.getPlain(i) == null && kept.compareAndSet(i, null, buffer)) {
                return;
            }
        }
    }
}
