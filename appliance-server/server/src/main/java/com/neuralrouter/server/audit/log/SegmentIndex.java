package com.neuralrouter.server.audit.log;

import com.neuralrouter.tlog.Frontier;
import com.neuralrouter.tlog.TreeHash;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The record that ends a segment, so that nobody has to read all of it. Its plain text is 4 bytes
 * with the number of batches; of each 4 with its position in the file and 4 with its first entry's
 * distance from the segment's; then the log's end behind the segment: 8 with the tree's size, 8
 * with the time, the {@link Marks} of 8 each, and the hashes of the perfect subtrees, largest
 * first.
 *
 * <p>Behind it the file ends with {@link #TRAILER_BYTES}: 8 with the record's position, 8 of mark.
 */
record SegmentIndex(BatchPlaces places, LogEnd end) {
    static final int TRAILER_BYTES = 16;

    /** "NRAINDEX". */
    private static final long MARK = 0x4e52_4149_4e44_4558L;

    private static final int END_BYTES = 2 * Long.BYTES + Marks.BYTES;

    byte[] plain() {
        List<byte[]> hashes = end.tree().hashes();
        int batches = places.count();
        ByteBuffer plain =
                ByteBuffer.allocate(
                        Integer.BYTES
                                + batches * 2 * Integer.BYTES
                                + END_BYTES
                                + hashes.size() * TreeHash.LENGTH);
        plain.putInt(batches);
        for (int i = 0; i < batches; i++) {
            plain.putInt(places.position(i)).putInt((int) (places.first(i) - places.first()));
        }
        plain.putLong(end.size()).putLong(end.micros());
        end.marks().putTo(plain);
        hashes.forEach(plain::put);
        return plain.array();
    }

    /**
     * Reads what {@link #plain()} made, authenticated.
     *
     * @param indexAt the position of the record, which is that behind the last batch
     */
    static SegmentIndex of(long first, int indexAt, byte[] bytes) {
        ByteBuffer plain = ByteBuffer.wrap(bytes);
        var places = new BatchPlaces(first);
        int batches = plain.getInt();
        for (int i = 0; i < batches; i++) {
            int position = plain.getInt();
            places.add(position, first + plain.getInt(), indexAt);
        }
        long size = plain.getLong();
        long micros = plain.getLong();
        Marks marks = Marks.of(plain);
        List<byte[]> hashes = new ArrayList<>();
        while (plain.hasRemaining()) {
            byte[] hash = new byte[TreeHash.LENGTH];
            plain.get(hash);
            hashes.add(hash);
        }
        return new SegmentIndex(places, new LogEnd(Frontier.of(size, hashes), micros, marks));
    }

    static byte[] trailer(long position) {
        return ByteBuffer.allocate(TRAILER_BYTES).putLong(position).putLong(MARK).array();
    }

    /** The position that a trailer names; -1 if it isn't one. */
    static long position(ByteBuffer trailer) {
        long position = trailer.getLong();
        return trailer.getLong() == MARK ? position : -1;
    }
}
