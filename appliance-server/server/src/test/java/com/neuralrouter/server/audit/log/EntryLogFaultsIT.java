package com.neuralrouter.server.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.tlog.Checkpoint;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk that is full, fails or is slow: the log refuses or waits, and lies about nothing. */
class EntryLogFaultsIT {
    private static final long SEED = 20_261_123;
    private static final int APPENDS = 4;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    @TempDir private Path site;
    private TestLog logs;
    private Map<String, byte[]> start;

    @BeforeEach
    void makeLog() {
        logs = new TestLog(site);
        var made = new MemoryLogDisk();
        try (EntryLog log = logs.create(made)) {
            log.append(TestDraft.many("first", 2));
        }
        start = made.contents();
    }

    @AfterEach
    void closeVault() {
        logs.close();
    }

    @Test
    void refusesWhileAnyWriteForceOrRenameFailsAndGoesOnThereafter() {
        int steps = run(Integer.MAX_VALUE, 1).steps();
        int refused = 0;
        for (int spell : new int[] {1, 4}) {
            for (int step = 1; step <= steps; step++) {
                refused += run(step, spell).refused();
            }
        }

        System.out.printf(
                "audit log, failing disk: %d steps, each failed alone and with the 3 that follow;"
                        + " %d appends refused, nothing acknowledged lost%n",
                steps, refused);
        assertThat(refused).isGreaterThan(2 * APPENDS);
    }

    /**
     * @param steps that the disk took
     * @param refused appends, each of which was tried again
     */
    private record Run(int steps, int refused) {}

    private Run run(int failing, int spell) {
        MemoryLogDisk disk = MemoryLogDisk.of(start);
        var steps = new AtomicInteger();
        disk.fail(event -> {
            int step = steps.incrementAndGet();
            if (step >= failing && step < failing + spell) {
                throw new IOException(
                        event instanceof MemoryLogDisk.Forced
                                ? "Input/output error"
                                : "No space left on device");
            }
        });
        List<String> told = new ArrayList<>(List.of("first0", "first1"));
        int refused = 0;
        try (EntryLog log = logs.open(disk)) {
            for (int n = 0; n < APPENDS; n++) {
                refused += appendStubbornly(log, disk, "e" + n, told);
                signIfPossible(log);
            }
            assertThat(TestLog.texts(log)).isEqualTo(told);
        }
        try (EntryLog log = logs.open(MemoryLogDisk.of(disk.contents()))) {
            assertThat(TestLog.texts(log)).isEqualTo(told);
            assertThat(log.verify().size()).isEqualTo(told.size());
            log.append(List.of(TestDraft.of("last")));
        }
        return new Run(steps.get(), refused);
    }

    /** After the first refusal, also looks what an end of the machine would leave. */
    private int appendStubbornly(EntryLog log, MemoryLogDisk disk, String text, List<String> told) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        int refused = 0;
        while (true) {
            try {
                log.append(List.of(TestDraft.of(text)));
                told.add(text);
                return refused;
            } catch (AuditUnavailable unavailable) {
                assertThat(System.nanoTime()).as("it never works again").isLessThan(deadline);
                if (refused == 0) {
                    assertThereAfterEnd(disk, told);
                }
                refused++;
            }
        }
    }

    private void assertThereAfterEnd(MemoryLogDisk disk, List<String> told) {
        List<MemoryLogDisk.Event> events = disk.log();
        var random = new SplittableRandom(SEED);
        for (MemoryLogDisk after :
                List.of(
                        MemoryLogDisk.killed(start, events, events.size(), random),
                        MemoryLogDisk.powerless(start, events, events.size(), random))) {
            try (EntryLog log = logs.open(after)) {
                assertThat(TestLog.texts(log)).startsWith(told.toArray(String[]::new));
                log.append(List.of(TestDraft.of("more")));
                log.verify();
            }
        }
    }

    private static void signIfPossible(EntryLog log) {
        long before = Checkpoint.parse(log.checkpoint().text()).size();
        try {
            assertThat(Checkpoint.parse(log.checkpointNow().text()).size()).isEqualTo(log.size());
        } catch (AuditUnavailable unavailable) {
            assertThat(Checkpoint.parse(log.checkpoint().text()).size()).isEqualTo(before);
        }
    }

    @Test
    void refusesAtOnceWhileTheDiskStaysFull() {
        MemoryLogDisk disk = MemoryLogDisk.of(start);
        try (EntryLog log = logs.open(disk)) {
            disk.fail(event -> {
                throw new IOException("No space left on device");
            });
            assertThatThrownBy(() -> log.append(List.of(TestDraft.of("a"))))
                    .isInstanceOf(AuditUnavailable.class)
                    .hasMessageContaining("free space");

            assertThat(log.writable()).isFalse();
            assertThatThrownBy(log::demandSound).isInstanceOf(AuditUnavailable.class);
            assertThat(TestLog.texts(log)).containsExactly("first0", "first1");
        }
    }

    @Test
    void waitsForASlowDiskAndKeepsTheOrder() throws Exception {
        int threads = 12;
        MemoryLogDisk disk = MemoryLogDisk.of(start);
        var slow = new CountDownLatch(1);
        var reached = new CountDownLatch(1);
        try (EntryLog log = logs.open(disk);
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            log.append(List.of(TestDraft.of("before")));
            disk.fail(event -> {
                if (event instanceof MemoryLogDisk.Forced) {
                    reached.countDown();
                    awaitQuietly(slow);
                }
            });
            List<Future<Appended>> waiting = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                var draft = TestDraft.of("w" + i);
                waiting.add(pool.submit(() -> log.append(List.of(draft))));
            }

            assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(log.size()).isEqualTo(3);
            assertThat(waiting).noneMatch(Future::isDone);
            slow.countDown();

            for (int i = 0; i < threads; i++) {
                long place = waiting.get(i).get(10, TimeUnit.SECONDS).first();
                assertThat(TestLog.texts(log).get((int) place)).isEqualTo("w" + i);
            }
            assertThat(log.size()).isEqualTo(3 + threads);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void appendsOnWhenItsHashesCantBeWritten() {
        MemoryLogDisk disk = MemoryLogDisk.of(start);
        var hashFile = new AtomicInteger(-1);
        try (EntryLog log = logs.open(disk)) {
            disk.fail(event -> {
                if (event instanceof MemoryLogDisk.Written(int file, long _, byte[] bytes)
                        && bytes.length == 32) {
                    hashFile.set(file);
                    throw new IOException("No space left on device");
                }
            });
            log.append(List.of(TestDraft.of("a")));
            assertThat(hashFile.get()).isPositive();
            disk.fail(event -> {});
            log.append(TestDraft.many("b", 2));

            assertThat(log.verify().root()).isEqualTo(TestLog.naiveRootOf(log));
            assertThat(disk.contents().get("hashes/level-00")).hasSize(5 * 32);
        }
    }
}
