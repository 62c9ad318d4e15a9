package com.neuralrouter.server.audit.log;

import com.neuralrouter.tlog.TreeHash;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries of one record, opened. Its plain text is the {@link Marks} up to its end, 8 bytes
 * each, 8 with the time of all its entries in microseconds since 1970, and then of each entry 2
 * bytes with the leaf's length, the leaf, 4 bytes with the side record's length, the side record.
 *
 * @param plain as {@link BatchBuilder} makes it, authenticated
 */
record Batch(RecordHead head, byte[] plain) {
    static final int FIXED_BYTES = Marks.BYTES + Long.BYTES;

    long end() {
        return head.first() + head.count();
    }

    Marks marks() {
        return Marks.of(ByteBuffer.wrap(plain));
    }

    long micros() {
        return ByteBuffer.wrap(plain).getLong(Marks.BYTES);
    }

    /** Hands out its entries from the one (inclusive) to the other (exclusive) sequence. */
    void visit(long from, long to, EntryVisitor visitor) {
        ByteBuffer body = ByteBuffer.wrap(plain).position(FIXED_BYTES);
        for (long sequence = head.first(); sequence < Math.min(to, end()); sequence++) {
            int leafBytes = Short.toUnsignedInt(body.getShort());
            int leafAt = body.position();
            int sideBytes = body.position(leafAt + leafBytes).getInt();
            int sideAt = body.position();
            body.position(sideAt + sideBytes);
            if (sequence >= from) {
                visitor.entry(sequence, slice(leafAt, leafBytes), slice(sideAt, sideBytes));
            }
        }
    }

    private byte[] slice(int at, int length) {
        byte[] slice = new byte[length];
        System.arraycopy(plain, at, slice, 0, length);
        return slice;
    }

    List<byte[]> leafHashes() {
        List<byte[]> hashes = new ArrayList<>(head.count());
        visit(head.first(), end(), (sequence, leaf, side) -> hashes.add(TreeHash.leaf(leaf)));
        return hashes;
    }

    /** The log's end behind it. */
    LogEnd after(LogEnd before) {
        return before.after(leafHashes(), micros(), marks());
    }
}
