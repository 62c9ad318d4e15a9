package com.neuralrouter.server.audit.log;

import com.neuralrouter.server.secret.LogKey;
import com.neuralrouter.server.secret.LogSegmentKey;
import com.neuralrouter.server.secret.UnopenableSecret;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads one segment's file, through a window of it in memory. For one thread. */
final class SegmentReader implements Closeable {
    /** For one batch. */
    static final int NARROW = 64 << 10;

    /** For batch after batch. */
    static final int WIDE = 1 << 20;

    private final LogFile file;
    private final SegmentHeader header;
    private final LogSegmentKey key;
    private final int least;
    private final long size;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowAt;

    private SegmentReader(LogFile file, SegmentHeader header, LogSegmentKey key, int least)
            throws IOException {
        this.file = file;
        this.header = header;
        this.key = key;
        this.least = least;
        this.size = file.size();
    }

    /**
     * Null if the file does not begin with a segment's header.
     *
     * @param window how many bytes it reads at once
     */
    static @Nullable SegmentReader open(LogFolder folder, String name, LogKey key, int window)
            throws IOException {
        LogFile file = folder.open(name);
        SegmentReader reader = null;
        try {
            ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.BYTES);
            file.read(bytes, 0);
            SegmentHeader header = SegmentHeader.of(bytes.flip());
            if (header != null) {
                reader = new SegmentReader(file, header, key.segment(header.salt()), window);
            }
            return reader;
        } finally {
            if (reader == null) {
                file.close();
            }
        }
    }

    SegmentHeader header() {
        return header;
    }

    /** Of the file when it was opened. */
    long size() {
        return size;
    }

    /** The head of the record that begins there; null when the file ends before. */
    private @Nullable RecordHead headAt(long position) throws IOException {
        ByteBuffer bytes = bytes(position, RecordHead.BYTES);
        return bytes.remaining() < RecordHead.BYTES ? null : RecordHead.of(bytes);
    }

    /** The batch that begins there; null when there is none that is whole and authentic. */
    @Nullable Batch batchAt(long position) throws IOException {
        RecordHead head = headAt(position);
        byte[] plain = head == null || head.count() == 0 ? null : open(head, position);
        return head == null || plain == null ? null : new Batch(head, plain);
    }

    /** The record by which the segment was ended; null if it wasn't, or if that was altered. */
    @Nullable SegmentIndex index() throws IOException {
        if (size < SegmentHeader.BYTES + RecordHead.BYTES + SegmentIndex.TRAILER_BYTES) {
            return null;
        }
        long end = size - SegmentIndex.TRAILER_BYTES;
        long position = SegmentIndex.position(bytes(end, SegmentIndex.TRAILER_BYTES));
        if (position < SegmentHeader.BYTES || position > end - RecordHead.BYTES) {
            return null;
        }
        RecordHead head = headAt(position);
        if (head == null || head.count() != 0 || position + head.recordBytes() != end) {
            return null;
        }
        byte[] plain = open(head, position);
        return plain == null ? null : SegmentIndex.of(header.first(), (int) position, plain);
    }

    /**
     * The first position from there on at which a record is whole that has this number or a higher
     * one; -1 if there is none.
     */
    long findRecord(long from, int number) throws IOException {
        int most = number + (int) ((size - from) / RecordHead.BYTES);
        for (long at = from; at + RecordHead.BYTES + LogSegmentKey.TAG_BYTES <= size; at++) {
            int found = bytes(at, RecordHead.BYTES).getInt(Integer.BYTES);
            if (found >= number && found <= most) {
                RecordHead head = headAt(at);
                if (head != null && open(head, at) != null) {
                    return at;
                }
            }
        }
        return -1;
    }

    private byte @Nullable [] open(RecordHead head, long position) throws IOException {
        if (head.length() < LogSegmentKey.TAG_BYTES
                || position + RecordHead.BYTES + head.length() > size) {
            return null;
        }
        ByteBuffer bytes = bytes(position + RecordHead.BYTES, head.length());
        byte[] sealed = new byte[bytes.remaining()];
        bytes.get(sealed);
        try {
            return key.open(head.nonce(), sealed, head.associated(header));
        } catch (UnopenableSecret _) {
            return null;
        }
    }

    /** As many bytes from there on, or fewer if the file ends before. */
    ByteBuffer bytes(long position, int length) throws IOException {
        if (position < windowAt || position + length > windowAt + window.capacity()) {
            long left = Math.max(0, size - position);
            window = ByteBuffer.allocate(Math.max(length, (int) Math.min(least, left)));
            file.read(window, position);
            window.flip();
            windowAt = position;
        }
        int at = (int) (position - windowAt);
        int available = Math.max(0, Math.min(length, window.limit() - at));
        return window.slice(Math.min(at, window.limit()), available);
    }

    @Override
    public void close() throws IOException {
        key.close();
        file.close();
    }
}
