package com.neuralrouter.server.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Somebody who can write to the log's files changes them while it is closed. Either the log says so
 * and names the file, or what was changed follows from the entries, and is as it was before.
 */
class EntryLogTamperingIT {
    private static final long SEED = 20_261_123;
    private static final int MUTATIONS = 500;
    private static final int SEGMENTS = 5;

    @TempDir private Path site;
    private TestLog logs;
    private Map<String, byte[]> whole;
    private List<Map<String, byte[]>> older;
    private Map<String, byte[]> forked;
    private List<TestLog.Read> entries;

    /** What somebody did, to which file. */
    private record Mutation(String what, String file, Map<String, byte[]> files) {}

    @BeforeEach
    void makeLogs() {
        logs = new TestLog(site);
        older = new ArrayList<>();
        var disk = new MemoryLogDisk();
        logs.create(disk).close();
        MemoryLogDisk fork = disk;
        for (int segment = 0; segment < SEGMENTS; segment++) {
            fork = MemoryLogDisk.of(disk.contents());
            older.add(disk.contents());
            appendTo(disk, "s" + segment + "n");
        }
        appendTo(fork, "fork");
        forked = fork.contents();
        whole = disk.contents();
        try (EntryLog log = logs.open(MemoryLogDisk.of(whole))) {
            entries = TestLog.read(log);
        }
        assertThat(whole.keySet().stream().filter(name -> name.startsWith("entries/")))
                .hasSize(SEGMENTS);
        assertThat(whole).containsKeys("checkpoint", "hashes/level-00", "hashes/level-08");
    }

    private void appendTo(MemoryLogDisk disk, String name) {
        try (EntryLog log = logs.open(disk)) {
            for (int n = 0; n < 8; n++) {
                log.append(TestDraft.many(name + n + "-", 1 + 3 * n));
            }
        }
    }

    @AfterEach
    void closeVault() {
        logs.close();
    }

    @Test
    void isFoundOrUndone() {
        var random = new SplittableRandom(SEED);
        Map<String, Integer> found = new TreeMap<>();
        Map<String, Integer> undone = new TreeMap<>();
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < MUTATIONS; i++) {
            Mutation mutation = mutate(random);
            while (isWhole(mutation.files())) {
                mutation = mutate(random);
            }
            try {
                demandUndone(mutation);
                undone.merge(mutation.what(), 1, Integer::sum);
            } catch (AuditLogDamaged damaged) {
                found.merge(mutation.what(), 1, Integer::sum);
                if (!names(damaged, mutation)) {
                    missed.add(mutation.what() + " " + mutation.file() + ": " + damaged);
                }
            } catch (AssertionError | RuntimeException miss) {
                missed.add(mutation.what() + " " + mutation.file() + ": " + miss);
            }
        }

        System.out.printf(
                "audit log, tampering: seed %d, found %s, undone %s, missed %d%n",
                SEED, found, undone, missed.size());
        assertThat(missed).as("seed %d", SEED).isEmpty();
        assertThat(undone.keySet())
                .allMatch(what -> what.contains("hashes") || what.contains("end"));
    }

    private boolean isWhole(Map<String, byte[]> files) {
        return files.keySet().equals(whole.keySet())
                && files.entrySet().stream()
                        .allMatch(file -> Arrays.equals(file.getValue(), whole.get(file.getKey())));
    }

    /** The file itself, or the folder if what is wrong is that a file isn't there. */
    private static boolean names(AuditLogDamaged damaged, Mutation mutation) {
        return damaged.getMessage().contains(damaged.file())
                && (damaged.file().equals(mutation.file())
                        || damaged.file().equals("entries")
                        || mutation.file().equals("entries"));
    }

    private void demandUndone(Mutation mutation) {
        MemoryLogDisk disk = MemoryLogDisk.of(mutation.files());
        try (EntryLog log = logs.open(disk)) {
            log.verify();
            assertThat(TestLog.read(log)).isEqualTo(entries);
            log.append(List.of(TestDraft.of("more")));
        }
        Map<String, byte[]> after = disk.contents();
        whole.forEach((name, bytes) -> {
            if (name.startsWith("hashes/")) {
                assertThat(after.get(name)).startsWith(bytes);
            }
        });
        try (EntryLog log = logs.open(disk)) {
            log.verify();
        }
    }

    private Mutation mutate(SplittableRandom random) {
        Map<String, byte[]> files = new TreeMap<>(whole);
        String segment = SegmentHeader.FOLDER + "/" + pick(segments(), random);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> flipped(files, segment, random);
            case 3 -> flipped(files, pick(List.copyOf(files.keySet()), random), random);
            case 4 -> truncated(files, segment, random);
            case 5 -> removed(files, segment);
            case 6 -> removed(files, pick(List.copyOf(files.keySet()), random));
            case 7 -> copied(files, segment, random);
            case 8 -> batchesChanged(files, segment, random);
            case 9 -> inserted(files, segment, random);
            case 10 -> putBack(files, random);
            default -> fork(files, random);
        };
    }

    private List<String> segments() {
        return whole.keySet().stream()
                .filter(name -> name.startsWith("entries/"))
                .map(name -> name.substring(8))
                .toList();
    }

    private static <T> T pick(List<T> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }

    private Mutation flipped(Map<String, byte[]> files, String name, SplittableRandom random) {
        byte[] bytes = files.get(name).clone();
        int at = random.nextInt(bytes.length);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        files.put(name, bytes);
        return new Mutation("flip in " + kind(name, at), name, files);
    }

    /** The last segment's index follows from its batches. */
    private String kind(String name, int at) {
        if (!name.startsWith("entries/")) {
            return name.split("/", 2)[0];
        }
        boolean isLast = name.endsWith("/" + segments().getLast());
        return isLast && at >= indexAt(whole.get(name)) ? "the end" : "entries";
    }

    private static int indexAt(byte[] segment) {
        return (int) ByteBuffer.wrap(segment).getLong(segment.length - SegmentIndex.TRAILER_BYTES);
    }

    private Mutation truncated(Map<String, byte[]> files, String name, SplittableRandom random) {
        byte[] bytes = files.get(name);
        int to = random.nextInt(bytes.length);
        files.put(name, Arrays.copyOf(bytes, to));
        return new Mutation("cut in " + kind(name, to), name, files);
    }

    private static Mutation removed(Map<String, byte[]> files, String name) {
        files.remove(name);
        String file = name.startsWith("entries/") ? "entries" : name;
        return new Mutation("removal of " + name.split("/", 2)[0], file, files);
    }

    private Mutation copied(Map<String, byte[]> files, String from, SplittableRandom random) {
        String to =
                random.nextBoolean()
                        ? "entries/" + pick(segments(), random)
                        : SegmentHeader.name(random.nextInt(2 * entries.size()));
        files.put(to, files.get(from));
        return new Mutation("copy of a segment", "entries", files);
    }

    /** Takes a batch out, puts one in twice, or changes two around. */
    private static Mutation batchesChanged(
            Map<String, byte[]> files, String name, SplittableRandom random) {
        List<byte[]> records = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(files.get(name)).position(SegmentHeader.BYTES);
        int end = indexAt(files.get(name));
        while (bytes.position() < end) {
            byte[] record = new byte[RecordHead.BYTES + bytes.getInt(bytes.position())];
            bytes.get(record);
            records.add(record);
        }
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        int one = random.nextInt(records.size());
        switch (random.nextInt(3)) {
            case 0 -> records.remove(one);
            case 1 -> records.add(one, records.get(one));
            default -> {
                byte[] moved = records.remove(one);
                records.add(random.nextInt(records.size()), moved);
            }
        }
        int size =
                rest.length + SegmentHeader.BYTES + records.stream().mapToInt(r -> r.length).sum();
        ByteBuffer changed = ByteBuffer.allocate(size).put(files.get(name), 0, SegmentHeader.BYTES);
        records.forEach(changed::put);
        files.put(name, changed.put(rest).array());
        return new Mutation("change of batches", name, files);
    }

    private static Mutation inserted(
            Map<String, byte[]> files, String name, SplittableRandom random) {
        byte[] bytes = files.get(name);
        byte[] more = new byte[1 + random.nextInt(100)];
        random.nextBytes(more);
        int at = random.nextInt(indexAt(bytes));
        ByteBuffer changed = ByteBuffer.allocate(bytes.length + more.length);
        changed.put(bytes, 0, at).put(more).put(bytes, at, bytes.length - at);
        files.put(name, changed.array());
        return new Mutation("insertion", name, files);
    }

    /** An older state, under the newer checkpoint. */
    private Mutation putBack(Map<String, byte[]> files, SplittableRandom random) {
        byte[] checkpoint = files.get("checkpoint");
        files.clear();
        files.putAll(pick(older, random));
        files.put("checkpoint", checkpoint);
        return new Mutation("older state put back", "entries", files);
    }

    /** The last segment from a copy that went another way, or its checkpoint. */
    private Mutation fork(Map<String, byte[]> files, SplittableRandom random) {
        String last = "entries/" + segments().getLast();
        if (random.nextBoolean()) {
            files.put(last, forked.get(last));
        } else {
            files.put("checkpoint", forked.get("checkpoint"));
        }
        return new Mutation("fork", "entries", files);
    }
}
