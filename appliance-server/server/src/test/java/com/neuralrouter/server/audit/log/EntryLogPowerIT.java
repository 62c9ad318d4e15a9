package com.neuralrouter.server.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.tlog.Checkpoint;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A disk records what some threads appended to a log, which is opened and closed meanwhile, and
 * what they were told. Then the machine ends after each of these steps: with all that was written
 * before and a part of the write that follows (a kill), or with a part of what was written since
 * the last force (a loss of power). After each of these ends the log opens, has every entry that
 * was acknowledged in its place and a checkpoint no older than any that was shown, and takes
 * further entries.
 */
class EntryLogPowerIT {
    private static final long SEED = 20_261_123;
    private static final int THREADS = 4;
    private static final int ROUNDS = 3;
    private static final int APPENDS = 8;
    private static final String SIGNED = "signed ";

    /** What the machine's end leaves of the first so many events. */
    private interface End {
        MemoryLogDisk after(
                Map<String, byte[]> start,
                List<MemoryLogDisk.Event> log,
                int events,
                RandomGenerator random);
    }

    @TempDir private Path site;
    private TestLog logs;

    @BeforeEach
    void openVault() {
        logs = new TestLog(site);
    }

    @AfterEach
    void closeVault() {
        logs.close();
    }

    @Test
    void losesNothingWhenItIsKilledAtAnyStep() throws Exception {
        assertNothingLost("kill", MemoryLogDisk::killed, 1);
    }

    @Test
    void losesNothingWhenThePowerIsCutAtAnyStep() throws Exception {
        assertNothingLost("loss of power", MemoryLogDisk::powerless, 1);
    }

    @Test
    @Tag("long")
    void losesNothingInThousandsOfEnds() throws Exception {
        assertNothingLost("kill", MemoryLogDisk::killed, 12);
        assertNothingLost("loss of power", MemoryLogDisk::powerless, 12);
    }

    @Test
    void canBeMadeAgainWhenItsMakingWasCutOff() {
        var disk = new MemoryLogDisk();
        logs.create(disk).close();
        var random = new SplittableRandom(SEED);

        for (int events = 0; events <= disk.log().size(); events++) {
            MemoryLogDisk after = MemoryLogDisk.powerless(Map.of(), disk.log(), events, random);
            try (EntryLog log = logs.create(after)) {
                assertThat(log.append(TestDraft.many("a", 1)).first()).isZero();
            }
        }
    }

    private void assertNothingLost(String name, End end, int endsPerStep) throws Exception {
        var made = new MemoryLogDisk();
        logs.create(made).close();
        Map<String, byte[]> start = made.contents();
        MemoryLogDisk disk = MemoryLogDisk.of(start);
        for (int round = 0; round < ROUNDS; round++) {
            work(disk, round);
        }
        List<MemoryLogDisk.Event> log = disk.log();

        var random = new SplittableRandom(SEED);
        List<String> failures = new ArrayList<>();
        int ends = 0;
        for (int events = 0; events <= log.size(); events++) {
            for (int i = 0; i < endsPerStep; i++) {
                ends++;
                MemoryLogDisk after = end.after(start, log, events, random);
                try {
                    assertWhole(after, log.subList(0, events));
                } catch (AssertionError | RuntimeException lost) {
                    failures.add("after " + events + " of " + log.size() + " events: " + lost);
                }
            }
        }
        System.out.printf(
                "audit log, %s: seed %d, %d threads, %d appends, %d steps, %d ends, %d of them with"
                        + " a loss%n",
                name, SEED, THREADS, ROUNDS * THREADS * APPENDS, log.size(), ends, failures.size());
        assertThat(failures).as("seed %d", SEED).isEmpty();
    }

    private void work(MemoryLogDisk disk, int round) throws Exception {
        try (EntryLog log = logs.open(disk);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                String name = "r" + round + "t" + i + "n";
                workers.add(threads.submit(() -> append(log, disk, name)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
    }

    private static void append(EntryLog log, MemoryLogDisk disk, String name) {
        for (int n = 0; n < APPENDS; n++) {
            String text = name + n + "-";
            int count = 1 + n % 3;
            Appended appended = log.append(TestDraft.many(text, count));
            for (int i = 0; i < count; i++) {
                disk.acknowledge(text + i + " " + (appended.first() + i) + " " + appended.time());
            }
            if (n % 4 == 3) {
                disk.acknowledge(SIGNED + Checkpoint.parse(log.checkpointNow().text()).size());
            }
        }
    }

    private void assertWhole(MemoryLogDisk after, List<MemoryLogDisk.Event> before) {
        Set<String> acknowledged = new HashSet<>();
        long signed = 0;
        for (MemoryLogDisk.Event event : before) {
            if (event instanceof MemoryLogDisk.Acknowledged(String what)) {
                if (what.startsWith(SIGNED)) {
                    signed = Math.max(signed, Long.parseLong(what.substring(SIGNED.length())));
                } else {
                    acknowledged.add(what);
                }
            }
        }
        long size;
        try (EntryLog log = logs.open(after)) {
            List<TestLog.Read> entries = TestLog.read(log);
            assertThat(entries).extracting(TestLog.Read::leaf).containsAll(acknowledged);
            assertThat(IntStream.range(0, entries.size()))
                    .allMatch(i -> entries.get(i).leaf().split(" ", 3)[1].equals("" + i));
            assertThat(Checkpoint.parse(log.checkpoint().text()).size())
                    .isGreaterThanOrEqualTo(signed);
            assertThat(log.append(List.of(TestDraft.of("more"))).first()).isEqualTo(entries.size());
            assertThat(log.tree().root()).isEqualTo(TestLog.naiveRootOf(log));
            size = log.verify().size();
        }
        try (EntryLog log = logs.open(after)) {
            assertThat(log.size()).isEqualTo(size);
            assertThat(log.recovery()).isEqualTo(new EntryLog.Recovery(false, 0, 0));
        }
    }
}
