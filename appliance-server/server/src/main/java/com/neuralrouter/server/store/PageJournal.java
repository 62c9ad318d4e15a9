package com.neuralrouter.server.store;

import static com.neuralrouter.server.store.PageCipher.PAGE_BYTES;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The file in which {@link PageBatch}es are made durable before they are put in their places. It is
 * written from its beginning to its end and then from its beginning again; between the two the
 * places are forced. Used by one thread at a time.
 *
 * <p>A record, numbers big-endian: 8 bytes of mark, 16 bytes that name the file it belongs to, 8
 * bytes of sequence, 8 bytes of file size, 4 bytes of page count, the pages' numbers of 8 bytes
 * each, the pages, the SHA-256 of all before it, and zeros up to a whole page, so that no record
 * shares a sector with the next. Sequences go up by one for ever, which tells a record from one
 * that an earlier round left behind it.
 */
final class PageJournal {
    /**
     * Where the file turns. Its space is taken at once, so that a force has no new size to note.
     */
    static final int CAPACITY = 4 << 20;

    private static final long MARK = 0x4e52_4a4f_5552_4e31L;
    private static final int FIXED_BYTES = 44;
    private static final int DIGEST_BYTES = 32;

    private final FileChannel file;
    private final byte[] owner;
    private long position;
    private long nextSequence = 1;

    /**
     * @param owner 16 bytes that name the file whose pages these are
     */
    PageJournal(FileChannel file, byte[] owner) {
        this.file = file;
        this.owner = owner;
    }

    /**
     * Hands out what was made durable, oldest first; then {@link #restart} is due. Throws {@link
     * StoreUnusable} when the journal is another file's.
     */
    void replay(Consumer<PageBatch> places) throws IOException {
        long at = 0;
        ByteBuffer record = read(at);
        while (record != null) {
            nextSequence = sequence(record) + 1;
            places.accept(batch(record));
            at += record.capacity();
            record = read(at);
            if (record != null && sequence(record) != nextSequence) {
                return;
            }
        }
    }

    /** The whole record that begins there, or null. */
    private @Nullable ByteBuffer read(long at) throws IOException {
        ByteBuffer fixed = readBytes(at, FIXED_BYTES);
        if (fixed.limit() < FIXED_BYTES || fixed.getLong() != MARK) {
            return null;
        }
        byte[] of = new byte[owner.length];
        fixed.get(of);
        int count = fixed.getInt(FIXED_BYTES - Integer.BYTES);
        long length = recordBytes(count);
        if (count < 0 || at + length > file.size() || length > Integer.MAX_VALUE) {
            return null;
        }
        ByteBuffer record = readBytes(at, (int) length);
        int digestAt = digestAt(count);
        boolean whole =
                record.limit() == length
                        && Arrays.equals(
                                digest(record.array(), digestAt),
                                Arrays.copyOfRange(
                                        record.array(), digestAt, digestAt + DIGEST_BYTES));
        if (whole && !Arrays.equals(of, owner)) {
            throw new StoreUnusable(
                    "The journal beside the store belongs to another store's file; the folder was"
                            + " put together from two: restore a backup, or the whole folder.");
        }
        return whole ? record : null;
    }

    private static long sequence(ByteBuffer record) {
        return record.getLong(24);
    }

    private static PageBatch batch(ByteBuffer record) {
        long size = record.getLong(32);
        int count = record.getInt(40);
        var pages = new TreeMap<Long, byte[]>();
        for (int i = 0; i < count; i++) {
            byte[] page = new byte[PAGE_BYTES];
            record.get(FIXED_BYTES + count * Long.BYTES + i * PAGE_BYTES, page);
            pages.put(record.getLong(FIXED_BYTES + i * Long.BYTES), page);
        }
        return new PageBatch(size, pages);
    }

    private ByteBuffer readBytes(long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = file.read(bytes, at + bytes.position());
        }
        return bytes.flip();
    }

    /** Whether the places are to be forced and the journal restarted before this is appended. */
    boolean isFullFor(PageBatch batch) {
        return position > 0 && position + recordBytes(batch.pages().size()) > CAPACITY;
    }

    void append(PageBatch batch) throws IOException {
        int count = batch.pages().size();
        ByteBuffer record = ByteBuffer.allocate(Math.toIntExact(recordBytes(count)));
        record.putLong(MARK).put(owner).putLong(nextSequence).putLong(batch.size()).putInt(count);
        batch.pages().keySet().forEach(record::putLong);
        batch.pages().values().forEach(record::put);
        record.put(digest(record.array(), digestAt(count)));
        record.rewind();
        while (record.hasRemaining()) {
            file.write(record, position + record.position());
        }
        position += record.capacity();
        nextSequence++;
    }

    void force() throws IOException {
        file.force(false);
    }

    /** Begins at the beginning again: all that was appended is in its place, and forced. */
    void restart() throws IOException {
        position = 0;
        long size = file.size();
        if (size < CAPACITY) {
            ByteBuffer zeros = ByteBuffer.allocate((int) (CAPACITY - size));
            while (zeros.hasRemaining()) {
                file.write(zeros, size + zeros.position());
            }
            file.force(true);
        }
    }

    private static int digestAt(int count) {
        return FIXED_BYTES + count * (Long.BYTES + PAGE_BYTES);
    }

    private static long recordBytes(int count) {
        long bytes = FIXED_BYTES + (long) count * (Long.BYTES + PAGE_BYTES) + DIGEST_BYTES;
        return (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }

    private static byte[] digest(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
        }
    }
}
