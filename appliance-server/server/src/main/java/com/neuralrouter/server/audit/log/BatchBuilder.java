package com.neuralrouter.server.audit.log;

import com.neuralrouter.tlog.TreeHash;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts the entries of one force together: those of several appends, each of them whole or not at
 * all. Owned by the writer's thread.
 */
final class BatchBuilder {
    /** No batch has more. */
    static final int MOST_ENTRIES = 256;

    /** One that has as many bytes takes no further append. */
    private static final int ENOUGH_BYTES = 1 << 20;

    /** No batch has more, and no append alone may. */
    static final int MOST_BYTES = 16 << 20;

    private final LogEnd before;
    private final Instant time;
    private final List<byte[]> leafHashes = new ArrayList<>();
    private Marks marks;
    private byte[] bytes = new byte[64 << 10];
    private int size = Batch.FIXED_BYTES;

    BatchBuilder(LogEnd before, Instant time) {
        this.before = before;
        this.time = time;
        this.marks = before.marks();
    }

    boolean hasRoomFor(int entries) {
        return count() == 0 || (count() + entries <= MOST_ENTRIES && size < ENOUGH_BYTES);
    }

    int count() {
        return leafHashes.size();
    }

    /** The sequence that the next entry gets. */
    long next() {
        return before.size() + count();
    }

    /**
     * Takes the entries up, or none of them: throws what a draft throws, and {@link
     * IllegalArgumentException} for one that the log can't hold.
     */
    void add(List<Draft> drafts) {
        int sizeBefore = size;
        int countBefore = count();
        Marks marksBefore = marks;
        boolean whole = false;
        try {
            for (Draft draft : drafts) {
                add(draft);
            }
            whole = true;
        } finally {
            if (!whole) {
                size = sizeBefore;
                leafHashes.subList(countBefore, count()).clear();
                marks = marksBefore;
            }
        }
    }

    private void add(Draft draft) {
        byte[] leaf = draft.leaf(next(), time);
        byte[] side = draft.side();
        if (leaf.length > Draft.MOST_LEAF_BYTES || side.length > Draft.MOST_SIDE_BYTES) {
            throw new IllegalArgumentException(
                    "an entry of " + leaf.length + " bytes with " + side.length + " beside it");
        }
        marks = marks.with(draft);
        ByteBuffer room = room(Short.BYTES + leaf.length + Integer.BYTES + side.length);
        room.putShort((short) leaf.length).put(leaf).putInt(side.length).put(side);
        leafHashes.add(TreeHash.leaf(leaf));
    }

    private ByteBuffer room(int more) {
        int end = size + more;
        if (end > MOST_BYTES) {
            throw new IllegalArgumentException("entries of more than " + MOST_BYTES + " bytes");
        }
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
        }
        ByteBuffer room = ByteBuffer.wrap(bytes, size, more);
        size = end;
        return room;
    }

    /** The plain text. */
    byte[] plain() {
        ByteBuffer fixed = ByteBuffer.wrap(bytes);
        marks.putTo(fixed);
        fixed.putLong(LogEnd.micros(time));
        return Arrays.copyOf(bytes, size);
    }

    List<byte[]> leafHashes() {
        return leafHashes;
    }

    LogEnd before() {
        return before;
    }

    /** The log's end once this is in it. */
    LogEnd after() {
        return before.after(leafHashes, LogEnd.micros(time), marks);
    }
}
