package com.neuralrouter.server.audit.log;

import java.time.Instant;

/**
 * An entry before the log has given it its place. Asked by the log's one writer while nobody else
 * can append: it answers at once, without waiting for anything, and does not call the log.
 */
@FunctionalInterface
public interface Draft {
    /** Bytes of the longest leaf, as tlog-tiles bundles have 16 bits for its length. */
    int MOST_LEAF_BYTES = 0xffff;

    /** Bytes of the longest side record. */
    int MOST_SIDE_BYTES = 1 << 20;

    /**
     * The entry itself, of which the tree holds the hash.
     *
     * @param sequence its index in the tree, from 0
     * @param time in whole microseconds, never before that of an earlier entry
     */
    byte[] leaf(long sequence, Instant time);

    /** What is kept beside the entry, sealed by the caller; not part of the tree. May be empty. */
    default byte[] side() {
        return new byte[0];
    }

    /**
     * The number in the store's outbox under which the entry waits, or 0. Numbers above 0 go up
     * from entry to entry: one that doesn't is refused, as it would be recorded twice or lost.
     */
    default long outbox() {
        return 0;
    }

    /** The position of the inference request that it tells of, or 0; the same holds for it. */
    default long request() {
        return 0;
    }
}
