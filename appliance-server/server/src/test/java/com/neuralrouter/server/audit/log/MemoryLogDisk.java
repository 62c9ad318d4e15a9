package com.neuralrouter.server.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A disk in memory: it keeps a record of all that happened to it, fails when it is told to, and can
 * be made again as a kill or a loss of power would have left it. Safe for all threads.
 */
final class MemoryLogDisk implements LogFolder {
    /** What a drive writes as a whole, if it promises anything. */
    private static final int SECTOR = 512;

    /** What happened, in this order. Files are known by a number, names are given and taken. */
    sealed interface Event {}

    record Written(int file, long position, byte[] bytes) implements Event {}

    record Truncated(int file, long size) implements Event {}

    record Forced(int file) implements Event {}

    record Made(String name, int file) implements Event {}

    record Renamed(String from, String to) implements Event {}

    record Deleted(String name) implements Event {}

    record FolderForced(String folder) implements Event {}

    /** Somebody was told that this is durable. */
    record Acknowledged(String what) implements Event {}

    /** Asked before each event; may throw, or wait. */
    interface Faults {
        void before(Event event) throws IOException;
    }

    private static final class Content {
        private byte[] bytes = new byte[0];

        void put(long position, byte[] from, int start, int end) {
            int newEnd = (int) position + end;
            if (newEnd > bytes.length) {
                bytes = Arrays.copyOf(bytes, newEnd);
            }
            System.arraycopy(from, start, bytes, (int) position + start, end - start);
        }
    }

    // All guarded by this.
    private final Map<Integer, Content> files = new HashMap<>();
    private final Map<String, Integer> names = new TreeMap<>();
    private final List<Event> log = new ArrayList<>();
    private int lastFile;

    private volatile Faults faults = event -> {};

    /** A disk with these files, all of them forced. */
    static MemoryLogDisk of(Map<String, byte[]> contents) {
        var disk = new MemoryLogDisk();
        contents.forEach((name, bytes) -> {
            disk.lastFile++;
            disk.names.put(name, disk.lastFile);
            disk.content(disk.lastFile).put(0, bytes, 0, bytes.length);
        });
        return disk;
    }

    void fail(Faults with) {
        faults = with;
    }

    synchronized Map<String, byte[]> contents() {
        Map<String, byte[]> copy = new TreeMap<>();
        names.forEach((name, file) -> copy.put(name, content(file).bytes.clone()));
        return copy;
    }

    synchronized List<Event> log() {
        return List.copyOf(log);
    }

    synchronized void acknowledge(String what) {
        log.add(new Acknowledged(what));
    }

    private Content content(int file) {
        return files.computeIfAbsent(file, none -> new Content());
    }

    private void happens(Event event) throws IOException {
        faults.before(event);
        synchronized (this) {
            log.add(event);
            apply(event);
        }
    }

    private void apply(Event event) {
        switch (event) {
            case Written(int file, long position, byte[] bytes) ->
                    content(file).put(position, bytes, 0, bytes.length);
            case Truncated(int file, long size) -> {
                Content content = content(file);
                content.bytes = Arrays.copyOf(content.bytes, (int) size);
            }
            case Made(String name, int file) -> {
                lastFile = Math.max(lastFile, file);
                names.put(name, file);
            }
            case Renamed(String from, String to) -> {
                Integer file = names.remove(from);
                if (file != null) {
                    names.put(to, file);
                }
            }
            case Deleted(String name) -> names.remove(name);
            case Forced _, FolderForced _, Acknowledged _ -> {}
        }
    }

    /** After a kill: the first events, and a first part of the one that follows them. */
    static MemoryLogDisk killed(
            Map<String, byte[]> start, List<Event> log, int events, RandomGenerator random) {
        MemoryLogDisk disk = of(start);
        log.subList(0, events).forEach(disk::apply);
        if (events < log.size()
                && log.get(events) instanceof Written(int file, long position, byte[] bytes)) {
            disk.content(file).put(position, bytes, 0, random.nextInt(bytes.length + 1));
        }
        return disk;
    }

    /**
     * After a loss of power: of the first events those that a later one forced, and of the others
     * each name and each sector by lot, as drives and kernels write in any order between two
     * forces.
     */
    static MemoryLogDisk powerless(
            Map<String, byte[]> start, List<Event> log, int events, RandomGenerator random) {
        Map<Integer, Integer> forced = new HashMap<>();
        int forcedNames = -1;
        for (int i = 0; i < events; i++) {
            if (log.get(i) instanceof Forced(int file)) {
                forced.put(file, i);
            } else if (log.get(i) instanceof FolderForced(String folder) && folder.isEmpty()) {
                forcedNames = i;
            }
        }
        MemoryLogDisk disk = of(start);
        boolean namesLost = false;
        for (int i = 0; i < events; i++) {
            Event event = log.get(i);
            boolean open = i > forcedUpTo(event, forced, forcedNames);
            if (open && event instanceof Written(int file, long position, byte[] bytes)) {
                disk.someSectors(file, position, bytes, random);
            } else if (open && isOfAName(event)) {
                // Names are journaled in their order: what follows a lost one is lost with it.
                namesLost |= random.nextBoolean();
                if (!namesLost) {
                    disk.apply(event);
                }
            } else if (!open || random.nextBoolean()) {
                disk.apply(event);
            }
        }
        return disk;
    }

    private static boolean isOfAName(Event event) {
        return event instanceof Made || event instanceof Renamed || event instanceof Deleted;
    }

    private static int forcedUpTo(Event event, Map<Integer, Integer> forced, int forcedNames) {
        return switch (event) {
            case Written(int file, long _, byte[] _) -> forced.getOrDefault(file, -1);
            case Truncated(int file, long _) -> forced.getOrDefault(file, -1);
            case Made _, Renamed _, Deleted _, Forced _, FolderForced _, Acknowledged _ ->
                    forcedNames;
        };
    }

    private void someSectors(int file, long position, byte[] bytes, RandomGenerator random) {
        for (int at = 0; at < bytes.length; at += SECTOR) {
            if (random.nextBoolean()) {
                content(file).put(position, bytes, at, Math.min(bytes.length, at + SECTOR));
            }
        }
    }

    @Override
    public synchronized List<String> list(String folder) {
        return names.keySet().stream()
                .filter(name -> name.startsWith(folder + "/"))
                .map(name -> name.substring(folder.length() + 1))
                .toList();
    }

    @Override
    public synchronized boolean exists(String name) {
        return names.containsKey(name);
    }

    @Override
    public synchronized LogFile open(String name) throws IOException {
        Integer file = names.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return new OpenFile(file);
    }

    @Override
    public LogFile create(String name) throws IOException {
        if (exists(name)) {
            throw new FileAlreadyExistsException(name);
        }
        int file;
        synchronized (this) {
            lastFile++;
            file = lastFile;
        }
        happens(new Made(name, file));
        return new OpenFile(file);
    }

    @Override
    public void delete(String name) throws IOException {
        happens(new Deleted(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        happens(new Renamed(from, to));
    }

    @Override
    public void forceFolder(String folder) throws IOException {
        happens(new FolderForced(folder));
    }

    @Override
    public void close() {}

    private final class OpenFile implements LogFile {
        private final int file;

        OpenFile(int file) {
            this.file = file;
        }

        @Override
        public long size() {
            synchronized (MemoryLogDisk.this) {
                return content(file).bytes.length;
            }
        }

        @Override
        public void read(ByteBuffer into, long position) {
            synchronized (MemoryLogDisk.this) {
                byte[] bytes = content(file).bytes;
                int length = (int) Math.min(into.remaining(), bytes.length - position);
                if (length > 0) {
                    into.put(bytes, (int) position, length);
                }
            }
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            happens(new Written(file, position, bytes));
        }

        @Override
        public void truncate(long size) throws IOException {
            happens(new Truncated(file, size));
        }

        @Override
        public void force() throws IOException {
            happens(new Forced(file));
        }

        @Override
        public void close() {}
    }
}
