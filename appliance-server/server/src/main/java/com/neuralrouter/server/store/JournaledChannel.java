package com.neuralrouter.server.store;

import static com.neuralrouter.server.store.PageCipher.PAGE_BYTES;

import org.h2.store.fs.FileBaseDefault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file on which all that is written between two forces arrives as a whole or not at all, whatever
 * the end of the process or of the machine is: it is kept in memory, goes to a {@link PageJournal}
 * at the force, and only then to its places.
 *
 * <p>Why: H2 overwrites space that a state still uses which was acknowledged, as long as the newer
 * state is not whole on the disk (ADR 0018). Seen from here, there is nothing between two states.
 *
 * <p>Safe for all threads. After one failed write or force nothing is accepted any more: what the
 * kernel holds is not known then, and a second force that succeeds would prove nothing.
 */
final class JournaledChannel extends FileBaseDefault {
    /** More than this is not kept in memory: about as much as H2 itself does. */
    private static final int MOST_PAGES = (32 << 20) / PAGE_BYTES;

    private final FileChannel file;
    private final FileChannel journalFile;

    /** Guards what is in memory. */
    private final ReentrantLock memory = new ReentrantLock();

    private NavigableMap<Long, byte[]> pending = new TreeMap<>();
    private final Deque<PageBatch> sealed = new ArrayDeque<>();
    private long size;
    private long sealedSize;

    /** Guards what is on the disk; taken before {@link #memory}. */
    private final ReentrantLock disk = new ReentrantLock();

    private PageJournal journal;
    private volatile boolean failed;

    JournaledChannel(FileChannel file, FileChannel journalFile) {
        this.file = file;
        this.journalFile = journalFile;
        this.journal = new PageJournal(journalFile, new byte[0]);
    }

    /** Once the file is this process's own, brings what the journal holds to its places. */
    @Override
    public FileLock tryLock(long position, long length, boolean shared) throws IOException {
        FileLock lock = file.tryLock(position, length, shared);
        if (lock != null) {
            recover();
        }
        return lock;
    }

    private void recover() throws IOException {
        journal = new PageJournal(journalFile, StoreHeader.salt(file));
        try {
            journal.replay(batch -> {
                try {
                    batch.applyTo(file);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        file.force(true);
        // What an earlier process left in the journal must not seem to go on from this one's.
        journalFile.truncate(0);
        journal.restart();
        size = file.size();
        sealedSize = size;
    }

    @Override
    public long size() {
        memory.lock();
        try {
            return size;
        } finally {
            memory.unlock();
        }
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        demandWholePages(position);
        demandWholePages(into.remaining());
        long firstPage = position / PAGE_BYTES;
        int pages = into.remaining() / PAGE_BYTES;
        Map<Integer, byte[]> newer = inMemory(firstPage, pages);
        if (newer.size() < pages) {
            readFile(into.duplicate(), position);
        }
        int start = into.position();
        newer.forEach((index, page) -> into.put(start + index * PAGE_BYTES, page));
        into.position(into.limit());
        return pages * PAGE_BYTES;
    }

    /** The newest of these pages that are not in their places yet, by their place among them. */
    private Map<Integer, byte[]> inMemory(long firstPage, int pages) {
        Map<Integer, byte[]> found = new HashMap<>();
        long end = firstPage + pages;
        memory.lock();
        try {
            for (PageBatch batch : sealed) {
                batch.pages()
                        .subMap(firstPage, end)
                        .forEach((page, content) -> found.put((int) (page - firstPage), content));
            }
            pending.subMap(firstPage, end)
                    .forEach((page, content) -> found.put((int) (page - firstPage), content));
            return found;
        } finally {
            memory.unlock();
        }
    }

    /** What lies beyond the file's end is in memory. */
    private void readFile(ByteBuffer into, long position) throws IOException {
        long at = position;
        int read = 0;
        while (into.hasRemaining() && read >= 0) {
            read = file.read(into, at);
            at += Math.max(0, read);
        }
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        demandSound();
        demandWholePages(position);
        demandWholePages(from.remaining());
        makeRoom(position);
        int length = from.remaining();
        memory.lock();
        try {
            for (long page = position / PAGE_BYTES; from.hasRemaining(); page++) {
                byte[] content = new byte[PAGE_BYTES];
                from.get(content);
                pending.put(page, content);
            }
            size = Math.max(size, position + length);
        } finally {
            memory.unlock();
        }
        return length;
    }

    /**
     * When much waits, forces it; only before a chunk, because H2 writes a chunk first and then the
     * header that leads to it, and nothing may end between the two.
     */
    private void makeRoom(long position) throws IOException {
        boolean isChunk = position >= StoreHeader.BYTES + 2L * PAGE_BYTES;
        boolean full;
        memory.lock();
        try {
            full = pending.size() > MOST_PAGES;
        } finally {
            memory.unlock();
        }
        if (full && isChunk) {
            force(false);
        }
    }

    @Override
    protected void implTruncate(long newSize) throws IOException {
        demandSound();
        demandWholePages(newSize);
        memory.lock();
        try {
            if (newSize < size) {
                pending.tailMap(newSize / PAGE_BYTES, true).clear();
                size = newSize;
            }
        } finally {
            memory.unlock();
        }
    }

    /** Ends a batch: what is written from now on belongs to the next one. Touches no disk. */
    void seal() {
        memory.lock();
        try {
            if (!pending.isEmpty() || size != sealedSize) {
                sealed.addLast(new PageBatch(size, pending));
                pending = new TreeMap<>();
                sealedSize = size;
            }
        } finally {
            memory.unlock();
        }
    }

    /** When this returns, the batches that were sealed before outlive the loss of power. */
    void flush() throws IOException {
        disk.lock();
        try {
            demandSound();
            boolean done = false;
            try {
                flush(sealedSoFar());
                done = true;
            } finally {
                failed |= !done;
            }
        } finally {
            disk.unlock();
        }
    }

    private List<PageBatch> sealedSoFar() {
        memory.lock();
        try {
            return new ArrayList<>(sealed);
        } finally {
            memory.unlock();
        }
    }

    private void flush(List<PageBatch> batches) throws IOException {
        List<PageBatch> appended = new ArrayList<>();
        for (PageBatch batch : batches) {
            if (journal.isFullFor(batch)) {
                place(appended);
                appended.clear();
                file.force(true);
                journal.restart();
            }
            journal.append(batch);
            appended.add(batch);
        }
        place(appended);
    }

    /** The point of no return is the journal's force; what follows it can be done again. */
    private void place(List<PageBatch> appended) throws IOException {
        if (appended.isEmpty()) {
            return;
        }
        journal.force();
        for (PageBatch batch : appended) {
            batch.applyTo(file);
            memory.lock();
            try {
                sealed.removeFirst();
            } finally {
                memory.unlock();
            }
        }
    }

    @Override
    public void force(boolean metaData) throws IOException {
        seal();
        flush();
    }

    private void demandSound() throws IOException {
        if (failed) {
            throw new IOException("the store's file failed before");
        }
    }

    private static void demandWholePages(long bytes) {
        if (bytes < 0 || bytes % PAGE_BYTES != 0) {
            throw new IllegalArgumentException(bytes + " bytes are no whole pages");
        }
    }

    /** What was never forced is given up. After a close in good order the file needs no journal. */
    @Override
    protected void implCloseChannel() throws IOException {
        disk.lock();
        try (file;
                journalFile) {
            if (!failed) {
                file.force(true);
                journalFile.truncate(0);
                journalFile.force(true);
            }
        } finally {
            disk.unlock();
        }
    }
}
