package com.neuralrouter.server.audit.log;

import com.neuralrouter.server.secret.LogSegmentKey;
import com.neuralrouter.tlog.TreeHash;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * The first 60 bytes of a record, which are plain: 4 with the length of the ciphertext that
 * follows, 4 with the record's number in its segment, 8 drawn by lot, 8 with the sequence of its
 * first entry, 4 with how many entries it has, 32 with the root of the tree before them. Then the
 * ciphertext, AES-256-GCM; associated are the segment's header and this head.
 *
 * <p>The nonce is the number and the lot: the number is there once in a segment, and should a
 * machine be woken twice from one snapshot, so that there are two with the same number, the lots
 * differ.
 *
 * @param length of the ciphertext, its tag included
 * @param count 0 in the record that ends a segment, a {@link SegmentIndex}; in all others, which
 *     are {@link Batch}es, above 0
 */
record RecordHead(int length, int number, byte[] lot, long first, int count, byte[] root) {
    static final int BYTES = 28 + TreeHash.LENGTH;

    private static final int LOT_BYTES = LogSegmentKey.NONCE_BYTES - Integer.BYTES;

    static RecordHead of(int bodyBytes, int number, LogEnd before, int count, SecureRandom random) {
        byte[] lot = new byte[LOT_BYTES];
        random.nextBytes(lot);
        return new RecordHead(
                bodyBytes + LogSegmentKey.TAG_BYTES,
                number,
                lot,
                before.size(),
                count,
                before.root());
    }

    static RecordHead of(ByteBuffer bytes) {
        int length = bytes.getInt();
        int number = bytes.getInt();
        byte[] lot = new byte[LOT_BYTES];
        bytes.get(lot);
        long first = bytes.getLong();
        int count = bytes.getInt();
        byte[] root = new byte[TreeHash.LENGTH];
        bytes.get(root);
        return new RecordHead(length, number, lot, first, count, root);
    }

    byte[] nonce() {
        return ByteBuffer.allocate(LogSegmentKey.NONCE_BYTES).putInt(number).put(lot).array();
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putInt(length)
                .putInt(number)
                .put(lot)
                .putLong(first)
                .putInt(count)
                .put(root)
                .array();
    }

    /** What the ciphertext is bound to. */
    byte[] associated(SegmentHeader segment) {
        return ByteBuffer.allocate(SegmentHeader.BYTES + BYTES)
                .put(segment.bytes())
                .put(bytes())
                .array();
    }

    /** The whole record's length. */
    int recordBytes() {
        return BYTES + length;
    }
}
