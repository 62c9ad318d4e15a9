package com.neuralrouter.server.usage;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The journal's file, mapped into memory: a header of one page, then slots of {@link Slot#BYTES}
 * bytes each. What is stored into the mapping belongs to the kernel at once, so it is there after
 * the process was killed; only a power cut can take it.
 *
 * <p>The file is written full of zeros and forced to the disk before it is mapped: a disk that is
 * full is met here, as an exception, and not later as a SIGBUS in the middle of a request.
 */
final class JournalFile implements AutoCloseable {
    private static final String NAME = "requests.journal";
    private static final int HEADER_BYTES = 4096;

    /** "NRJRNL" and the version of the layout. */
    private static final long MAGIC = 0x4e524a524e4c0005L;

    private static final long ANY_VERSION = 0xffff_ffff_ffff_0000L;

    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final FileChannel channel;
    private final Arena arena;
    private final MemorySegment slots;

    private JournalFile(FileChannel channel, Arena arena, MemorySegment slots) {
        this.channel = channel;
        this.arena = arena;
        this.slots = slots;
    }

    /**
     * Opens the journal in the folder, or makes one. One that has another capacity is made anew if
     * nothing is left in it, else kept as it is until the next start. Throws {@link
     * JournalUnusable}.
     */
    static JournalFile open(Path folder, int capacity) {
        Path path = folder.resolve(NAME);
        try {
            if (!Files.exists(path) || isOfAnotherVersion(path)) {
                create(folder, path, capacity);
            }
            JournalFile file = map(path);
            if (file.capacity() == capacity || !file.isEmpty()) {
                return file;
            }
            file.close();
            create(folder, path, capacity);
            return map(path);
        } catch (IOException failure) {
            throw new JournalUnusable(
                    "The journal "
                            + path
                            + " can't be made or opened ("
                            + failure.getClass().getSimpleName()
                            + "); it takes "
                            + (bytes(capacity) >> 20)
                            + " MiB: check that the disk has room and that the folder may be"
                            + " written.");
        }
    }

    /**
     * Whether it is a journal in another version's layout that has nothing left in it. Throws
     * {@link JournalUnusable} if it has: only that version can store what it wrote.
     */
    private static boolean isOfAnotherVersion(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            while (header.hasRemaining() && channel.read(header) >= 0) {
                // The header's first words, or all there is.
            }
            long magic = header.getLong(0);
            int slotBytes = header.getInt(8);
            if (magic == MAGIC
                    || (magic & ANY_VERSION) != (MAGIC & ANY_VERSION)
                    || slotBytes < Integer.BYTES) {
                return false;
            }
            ByteBuffer state = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (long at = HEADER_BYTES; at < channel.size(); at += slotBytes) {
                channel.read(state.clear(), at);
                if (state.getInt(0) != Slot.FREE) {
                    throw new JournalUnusable(
                            "The journal "
                                    + path
                                    + " holds requests that another version of the appliance"
                                    + " recorded and did not store yet; start that version once"
                                    + " more, stop it, and then start this one.");
                }
            }
            return true;
        }
    }

    /** Under another name first: what has the right name is whole. */
    private static void create(Path folder, Path path, int capacity) throws IOException {
        Files.createDirectories(folder);
        Path fresh = folder.resolve(NAME + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh);
        FileStore store = Files.getFileStore(fresh);
        if (store.supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        }
        try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer header =
                    ByteBuffer.allocate(HEADER_BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(MAGIC)
                            .putInt(Slot.BYTES)
                            .putInt(capacity)
                            .position(0);
            writeFully(channel, header);
            ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
            for (long left = bytes(capacity) - HEADER_BYTES; left > 0; left -= zeros.capacity()) {
                writeFully(channel, zeros.clear().limit((int) Math.min(left, zeros.capacity())));
            }
            channel.force(true);
        }
        Files.move(
                fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // the file owns the arena until it is closed itself
    private static JournalFile map(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Arena arena = Arena.ofShared();
        try {
            lock(channel, path);
            long size = channel.size();
            MemorySegment whole = channel.map(MapMode.READ_WRITE, 0, size, arena);
            if (size < HEADER_BYTES
                    || whole.get(LONG, 0) != MAGIC
                    || whole.get(INT, 8) != Slot.BYTES
                    || size != bytes(whole.get(INT, 12))) {
                throw new JournalUnusable(
                        "The file "
                                + path
                                + " is not a journal of this version; if it is of no use to you,"
                                + " move it away.");
            }
            return new JournalFile(channel, arena, whole.asSlice(HEADER_BYTES));
        } catch (IOException | RuntimeException failure) {
            arena.close();
            channel.close();
            throw failure;
        }
    }

    /** Two processes that write here would spoil each other's records. */
    private static void lock(FileChannel channel, Path path) throws IOException {
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            locked = false;
        }
        if (!locked) {
            throw new JournalUnusable(
                    "The journal "
                            + path
                            + " is in use; is the appliance running already on this site?");
        }
    }

    private static long bytes(int capacity) {
        return HEADER_BYTES + (long) capacity * Slot.BYTES;
    }

    /** How many slots there are. */
    int capacity() {
        return (int) (slots.byteSize() / Slot.BYTES);
    }

    Slot slot(int index) {
        return new Slot(slots, (long) index * Slot.BYTES);
    }

    /** When this returns, what was stored before is on the disk. */
    void force() {
        slots.force();
    }

    private boolean isEmpty() {
        for (int i = 0; i < capacity(); i++) {
            if (slot(i).state() != Slot.FREE) {
                return false;
            }
        }
        return true;
    }

    /** From then on whoever touches a slot gets an {@link IllegalStateException}. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
            try {
                channel.close();
            } catch (IOException _) {
                // Nothing was written through the channel: what is in the mapping is safe.
            }
        }
    }
}
