package com.neuralrouter.server.store;

import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * A disk in memory, beneath H2: it keeps a log of all that was written and forced, fails when it is
 * told to, and can be made again as a power failure would have left it. Its files are found by H2
 * under the scheme of {@link #mount}.
 */
final class MemoryDisk {
    /** What a drive writes as a whole, if it promises anything. */
    private static final int SECTOR = 512;

    /** What happened to the disk, in this order. */
    sealed interface Event {}

    record Written(String file, long position, byte[] bytes) implements Event {}

    record Truncated(String file, long size) implements Event {}

    record Forced(String file) implements Event {}

    /** Somebody was told that what has the number is durable. */
    record Acknowledged(int number) implements Event {}

    /** Asked before each write and force; may throw. */
    interface Faults {
        void before(Event event) throws IOException;
    }

    private static final class Content {
        private byte[] bytes = new byte[0];
        private int size;

        void put(long position, byte[] from, int start, int end) {
            int newEnd = (int) position + end;
            if (newEnd > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(newEnd, bytes.length * 2));
            }
            System.arraycopy(from, start, bytes, (int) position + start, end - start);
            size = Math.max(size, newEnd);
        }

        void cut(long newSize) {
            if (newSize < size) {
                Arrays.fill(bytes, (int) newSize, size, (byte) 0);
                size = (int) newSize;
            }
        }
    }

    private final Map<String, Content> files = new HashMap<>();
    private final List<Event> log = new ArrayList<>();
    private volatile Faults faults = event -> {};

    MemoryDisk(Map<String, byte[]> contents) {
        contents.forEach((name, bytes) -> content(name).put(0, bytes, 0, bytes.length));
    }

    void fail(Faults with) {
        faults = with;
    }

    synchronized Map<String, byte[]> contents() {
        Map<String, byte[]> copy = new HashMap<>();
        files.forEach((name, file) -> copy.put(name, Arrays.copyOf(file.bytes, file.size)));
        return copy;
    }

    synchronized List<Event> log() {
        return List.copyOf(log);
    }

    synchronized void acknowledge(int number) {
        log.add(new Acknowledged(number));
    }

    private Content content(String name) {
        return files.computeIfAbsent(name, none -> new Content());
    }

    private synchronized void happened(Event event) {
        log.add(event);
        apply(event);
    }

    private void apply(Event event) {
        switch (event) {
            case Written(String file, long position, byte[] bytes) ->
                    content(file).put(position, bytes, 0, bytes.length);
            case Truncated(String file, long size) -> content(file).cut(size);
            case Forced _, Acknowledged _ -> {}
        }
    }

    /** After a kill: the first events, and a first part of the one that follows them. */
    static MemoryDisk torn(
            Map<String, byte[]> start, List<Event> log, int events, RandomGenerator random) {
        var disk = new MemoryDisk(start);
        log.subList(0, events).forEach(disk::apply);
        if (log.get(events) instanceof Written(String file, long position, byte[] bytes)) {
            disk.content(file).put(position, bytes, 0, random.nextInt(bytes.length + 1));
        }
        return disk;
    }

    /**
     * After a loss of power: of the first events those that a later one forced, and of the others
     * each sector by lot, as drives and kernels write in any order between two forces.
     */
    static MemoryDisk reordered(
            Map<String, byte[]> start, List<Event> log, int events, RandomGenerator random) {
        Map<String, Integer> forced = new HashMap<>();
        for (int i = 0; i < events; i++) {
            if (log.get(i) instanceof Forced(String file)) {
                forced.put(file, i);
            }
        }
        var disk = new MemoryDisk(start);
        for (int i = 0; i < events; i++) {
            if (log.get(i) instanceof Written(String file, long position, byte[] bytes)
                    && i > forced.getOrDefault(file, -1)) {
                for (int at = 0; at < bytes.length; at += SECTOR) {
                    if (random.nextBoolean()) {
                        int end = Math.min(bytes.length, at + SECTOR);
                        disk.content(file).put(position, bytes, at, end);
                    }
                }
            } else {
                disk.apply(log.get(i));
            }
        }
        return disk;
    }

    /** Makes the disk known to H2 under a scheme that no other has. */
    FilePath mount() {
        byte[] lot = new byte[8];
        ThreadLocalRandom.current().nextBytes(lot);
        var path = new Name("memory" + HexFormat.of().formatHex(lot), "/");
        FilePath.register(path);
        return path;
    }

    private final class Name extends FilePath {
        private final String scheme;
        private final String path;

        Name(String scheme, String path) {
            this.scheme = scheme;
            this.path = path;
            this.name = scheme + ":" + path;
        }

        private Name of(String other) {
            return new Name(scheme, other);
        }

        @Override
        public String getScheme() {
            return scheme;
        }

        @Override
        public FilePath getPath(String named) {
            return of(named.substring(scheme.length() + 1));
        }

        @Override
        public FileChannel open(String mode) {
            return new Channel(path);
        }

        @Override
        public long size() {
            synchronized (MemoryDisk.this) {
                return content(path).size;
            }
        }

        @Override
        public boolean exists() {
            synchronized (MemoryDisk.this) {
                return files.containsKey(path) || isDirectory();
            }
        }

        @Override
        public boolean isDirectory() {
            return path.lastIndexOf('.') < 0;
        }

        @Override
        public boolean isRegularFile() {
            return !isDirectory();
        }

        @Override
        public FilePath getParent() {
            int end = path.lastIndexOf('/');
            return of(end <= 0 ? "/" : path.substring(0, end));
        }

        @Override
        public FilePath toRealPath() {
            return this;
        }

        @Override
        public boolean isAbsolute() {
            return true;
        }

        @Override
        public boolean canWrite() {
            return true;
        }

        @Override
        public long lastModified() {
            return 0;
        }

        @Override
        public List<FilePath> newDirectoryStream() {
            return List.of();
        }

        @Override
        public void createDirectory() {}

        @Override
        public boolean createFile() {
            return false;
        }

        @Override
        public boolean setReadOnly() {
            return false;
        }

        @Override
        public void delete() {
            throw new IllegalStateException("deleted: " + path);
        }

        @Override
        public void moveTo(FilePath newName, boolean atomicReplace) {
            throw new IllegalStateException("moved: " + path);
        }
    }

    private final class Channel extends FileBaseDefault {
        private final String name;

        Channel(String name) {
            this.name = name;
        }

        @Override
        public long size() {
            synchronized (MemoryDisk.this) {
                return content(name).size;
            }
        }

        @Override
        public int read(ByteBuffer into, long position) {
            synchronized (MemoryDisk.this) {
                int length = (int) Math.min(into.remaining(), size() - position);
                if (length <= 0) {
                    return into.hasRemaining() ? -1 : 0;
                }
                into.put(content(name).bytes, (int) position, length);
                return length;
            }
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            var written = new Written(name, position, bytes);
            faults.before(written);
            happened(written);
            return bytes.length;
        }

        @Override
        protected void implTruncate(long newSize) {
            happened(new Truncated(name, newSize));
        }

        @Override
        public void force(boolean metaData) throws IOException {
            var forced = new Forced(name);
            faults.before(forced);
            happened(forced);
        }

        @Override
        public FileLock tryLock(long position, long length, boolean shared) {
            return new FileLock(this, position, length, shared) {
                @Override
                public boolean isValid() {
                    return true;
                }

                @Override
                public void release() {}
            };
        }
    }
}
