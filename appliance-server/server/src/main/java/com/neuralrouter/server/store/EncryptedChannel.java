package com.neuralrouter.server.store;

import static com.neuralrouter.server.store.PageCipher.PAGE_BYTES;

import org.h2.store.fs.FileBaseDefault;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;

/**
 * A store's file as H2 sees it: without the {@link StoreHeader}, and decrypted. Reads may begin and
 * end anywhere. Writes and truncations are whole pages, which is all that H2's MVStore does, and
 * anything else is refused: to write a part of a page would be to rewrite its other part, and a
 * power failure meanwhile would tear what had been on the disk for long.
 *
 * <p>Safe for all threads, as positional reads and writes of a {@link FileChannel} are.
 */
final class EncryptedChannel extends FileBaseDefault {
    private final FileChannel base;
    private final PageCipher cipher;

    EncryptedChannel(FileChannel base, PageCipher cipher) {
        this.base = base;
        this.cipher = cipher;
    }

    /** What a crash left of a last page that isn't whole does not count. */
    @Override
    public long size() throws IOException {
        long pages = (base.size() - StoreHeader.BYTES) / PAGE_BYTES;
        return Math.max(0, pages) * PAGE_BYTES;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException("position " + position);
        }
        int length = (int) Math.min(into.remaining(), size() - position);
        if (length <= 0) {
            return into.hasRemaining() ? -1 : 0;
        }
        long firstPage = position / PAGE_BYTES;
        int offset = (int) (position % PAGE_BYTES);
        int pages = (offset + length + PAGE_BYTES - 1) / PAGE_BYTES;
        byte[] content = new byte[pages * PAGE_BYTES];
        readFully(ByteBuffer.wrap(content), StoreHeader.BYTES + firstPage * PAGE_BYTES);
        cipher.decrypt(firstPage, content);
        into.put(content, offset, length);
        return length;
    }

    private void readFully(ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int read = base.read(into, at);
            if (read < 0) {
                throw new EOFException();
            }
            at += read;
        }
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        int length = from.remaining();
        demandWholePages(position);
        demandWholePages(length);
        byte[] content = new byte[length];
        from.get(content);
        cipher.encrypt(position / PAGE_BYTES, content);
        writeFully(ByteBuffer.wrap(content), StoreHeader.BYTES + position);
        return length;
    }

    private void writeFully(ByteBuffer from, long position) throws IOException {
        long at = position;
        while (from.hasRemaining()) {
            at += base.write(from, at);
        }
    }

    @Override
    protected void implTruncate(long size) throws IOException {
        demandWholePages(size);
        base.truncate(StoreHeader.BYTES + size);
    }

    private static void demandWholePages(long bytes) {
        if (bytes < 0 || bytes % PAGE_BYTES != 0) {
            throw new IllegalArgumentException(bytes + " bytes are no whole pages");
        }
    }

    @Override
    public void force(boolean metaData) throws IOException {
        base.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return base.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        base.close();
    }
}
