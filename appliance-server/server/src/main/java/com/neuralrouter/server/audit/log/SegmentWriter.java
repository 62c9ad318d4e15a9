package com.neuralrouter.server.audit.log;

import com.neuralrouter.server.secret.LogKey;
import com.neuralrouter.server.secret.LogSegmentKey;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * The segment that grows. One batch is forced before the next one is written, so that there is
 * never more than one that nobody was told of. Owned by the writer's thread.
 */
final class SegmentWriter implements Closeable {
    /** A segment that is as long takes no further batch. */
    private static final int FULL = 64 << 20;

    /**
     * So much is taken at once and filled with zeros: a force that has no new size to note is
     * several times as fast (ADR 0022).
     */
    private static final int STEP = 1 << 20;

    private final LogFolder folder;
    private final String name;
    private final LogFile file;
    private final SegmentHeader header;
    private final LogSegmentKey key;
    private final SecureRandom random;
    private final BatchPlaces places;
    private LogEnd end;
    private int position;
    private long space;
    private boolean sound;

    /** What {@link SegmentScan} found in a segment that was not ended, which it now can be. */
    record Unended(
            String name, SegmentHeader header, BatchPlaces places, LogEnd end, int position) {}

    private SegmentWriter(
            LogFolder folder, LogFile file, LogKey key, Unended from, SecureRandom random) {
        this.folder = folder;
        this.name = from.name();
        this.file = file;
        this.header = from.header();
        this.key = key.segment(header.salt());
        this.random = random;
        this.places = from.places();
        this.end = from.end();
        this.position = from.position();
    }

    /**
     * Begins a segment behind the log's end. When this returns, its name is durable, so that from
     * then on only the file itself has to be forced.
     */
    static SegmentWriter create(LogFolder folder, LogKey key, LogEnd end, SecureRandom random)
            throws IOException {
        byte[] salt = new byte[LogKey.SALT_BYTES];
        random.nextBytes(salt);
        var header = new SegmentHeader(salt, end.size(), end.root());
        String name = SegmentHeader.name(end.size());
        if (folder.exists(name)) {
            // Of an attempt that failed: no entry of it is in the log, which ends before it.
            folder.delete(name);
        }
        var from = new Unended(name, header, new BatchPlaces(end.size()), end, SegmentHeader.BYTES);
        LogFile file = folder.create(name);
        var segment = new SegmentWriter(folder, file, key, from, random);
        try {
            file.write(ByteBuffer.wrap(header.bytes()), 0);
            file.force();
            folder.forceFolder(SegmentHeader.FOLDER);
            folder.forceFolder("");
            segment.sound = true;
            return segment;
        } finally {
            if (!segment.sound) {
                segment.close();
            }
        }
    }

    /** Takes up a segment that another process began, to end it: it is not sound. */
    static SegmentWriter resume(LogFolder folder, LogKey key, Unended unended, SecureRandom random)
            throws IOException {
        return new SegmentWriter(folder, folder.open(unended.name()), key, unended, random);
    }

    BatchPlaces places() {
        return places;
    }

    /** Whether it takes further batches. If not, it is to be ended. */
    boolean isOpen() {
        return sound && position < FULL;
    }

    /**
     * When this returns, the batch is durable. After a failure the segment is to be ended.
     *
     * @param after the log's end once the batch is in it
     */
    void append(BatchBuilder batch, LogEnd after) throws IOException {
        sound = false;
        byte[] plain = batch.plain();
        RecordHead head =
                RecordHead.of(plain.length, places.count(), batch.before(), batch.count(), random);
        byte[] sealed = key.seal(head.nonce(), plain, head.associated(header));
        long endOfRecord = position + (long) head.recordBytes();
        boolean grows = endOfRecord > space;
        space = grows ? roundedUp(endOfRecord) : space;
        ByteBuffer bytes = ByteBuffer.allocate((int) ((grows ? space : endOfRecord) - position));
        file.write(bytes.put(head.bytes()).put(sealed).rewind(), position);
        file.force();
        places.add(position, head.first(), (int) endOfRecord);
        position = (int) endOfRecord;
        end = after;
        sound = true;
    }

    private static long roundedUp(long bytes) {
        return (bytes + STEP - 1) / STEP * STEP;
    }

    /**
     * Cuts off what is behind the last batch, writes the index and closes the file; a segment
     * without a batch is taken away. May be called again after it failed.
     */
    void end() throws IOException {
        sound = false;
        if (places.count() == 0) {
            close();
            if (folder.exists(name)) {
                folder.delete(name);
                folder.forceFolder(SegmentHeader.FOLDER);
            }
            return;
        }
        byte[] plain = new SegmentIndex(places, end).plain();
        RecordHead head = RecordHead.of(plain.length, places.count(), end, 0, random);
        byte[] sealed = key.seal(head.nonce(), plain, head.associated(header));
        ByteBuffer bytes = ByteBuffer.allocate(head.recordBytes() + SegmentIndex.TRAILER_BYTES);
        bytes.put(head.bytes()).put(sealed).put(SegmentIndex.trailer(position)).rewind();
        file.truncate(position);
        file.write(bytes, position);
        file.force();
        close();
    }

    @Override
    public void close() throws IOException {
        key.close();
        file.close();
    }
}
