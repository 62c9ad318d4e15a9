package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.audit.log.EntryLogKeys;
import com.neuralrouter.server.secret.TestVault;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.EncryptedStores;
import com.neuralrouter.server.usage.MappedRequestJournal.Beginning;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Measures what recording a request costs and prints it; fails only when it is out of all
 * proportion, because the machine that builds may be busy.
 */
class JournalCostTest {
    private static final int ROUNDS = 8;
    private static final int REQUESTS = 50_000;
    private static final int LOGGED = 10_000;
    private static final Duration FORCING = Duration.ofSeconds(1);

    @TempDir Path folder;

    @Test
    void recordingARequestCostsMicrosecondsNotMore() {
        var sink = new RecordingSink();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        long bytes = 0;
        int total = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (var journal =
                    MappedRequestJournal.start(folder, REQUESTS, sink, Beginning.MAPPED)) {
                long allocated = threads.getCurrentThreadAllocatedBytes();
                long began = System.nanoTime();
                for (int i = 0; i < REQUESTS; i++) {
                    journal.open(Requests.started(i)).close(Requests.completed());
                }
                best = Math.min(best, System.nanoTime() - began);
                bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
                total += REQUESTS;
                sink.await(total);
            }
        }
        System.out.printf(
                "request journal: %d ns and %d bytes allocated for open + close%n",
                best / REQUESTS, bytes / REQUESTS);

        assertThat(best / REQUESTS).as("ns for open + close").isLessThan(20_000);
    }

    /** What the request's own thread spends on it, and what all threads of the process spend. */
    @Test
    void anEntryOfTheAuditLogCostsTheInferencePathAtMostFiveMicrosecondsOfProcessorTime() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var process =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        long path = Long.MAX_VALUE;
        long all = Long.MAX_VALUE;
        var sink = new RecordingSink();
        int total = 0;
        try (Vault vault = TestVault.in(folder);
                EntryLog log =
                        EntryLog.create(
                                folder.resolve("audit"),
                                EntryLogKeys.of(vault),
                                Clock.systemUTC())) {
            var logged = new LoggedRequests(sink, log, Duration.ZERO, System::nanoTime);
            for (int round = 0; round < ROUNDS; round++) {
                try (var journal =
                        MappedRequestJournal.start(
                                folder.resolve("journal"), LOGGED, logged, Beginning.MAPPED)) {
                    long before = process.getProcessCpuTime();
                    long began = threads.getCurrentThreadCpuTime();
                    for (int i = 0; i < LOGGED; i++) {
                        journal.open(Requests.started(i)).close(Requests.completed());
                    }
                    path = Math.min(path, threads.getCurrentThreadCpuTime() - began);
                    total += LOGGED;
                    sink.await(total);
                    all = Math.min(all, process.getProcessCpuTime() - before);
                }
            }
            assertThat(log.size()).isEqualTo(total);
        }
        System.out.printf(
                "audit log: a request's entry costs its own thread %d ns of processor time, and the"
                        + " process %d ns in all, with hashing, encrypting and writing%n",
                path / LOGGED, all / LOGGED);

        assertThat(path / LOGGED).as("ns of the request's thread").isLessThanOrEqualTo(5_000);
    }

    /** How much of the disk's own rate is left to requests whose beginning is forced. */
    @Test
    void forcingBeginningsGrowsWithTheRequestsThatShareAForce() throws Exception {
        long disk = rawForcesASecond();
        var sink = new RecordingSink();
        long alone;
        long together;
        try (var journal =
                MappedRequestJournal.start(
                        folder.resolve("journal"), 8_192, sink, Beginning.FORCED)) {
            alone = opensASecond(journal, 1);
            together = opensASecond(journal, 64);
        }
        System.out.printf(
                "audit.strict before-egress: %d requests a second one by one, %d with 64 at once;"
                        + " the disk forces a written page %d times a second%n",
                alone, together, disk);

        assertThat(together).isGreaterThan(alone);
    }

    private long rawForcesASecond() throws IOException {
        try (var channel =
                FileChannel.open(
                        folder.resolve("raw"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1 << 20));
            channel.force(true);
            long until = System.nanoTime() + FORCING.toNanos();
            long forces = 0;
            for (; System.nanoTime() - until < 0; forces++) {
                channel.write(ByteBuffer.allocate(4_096), 4_096 * (forces % 256));
                channel.force(false);
            }
            return forces / FORCING.toSeconds();
        }
    }

    private static long opensASecond(MappedRequestJournal journal, int threads) {
        var opened = new AtomicLong();
        long until = System.nanoTime() + FORCING.toNanos();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                pool.submit(() -> {
                    while (System.nanoTime() - until < 0) {
                        journal.open(Requests.started(opened.incrementAndGet()))
                                .close(Requests.completed());
                    }
                });
            }
        }
        return opened.get() / FORCING.toSeconds();
    }

    @Test
    void storingARecordCostsLittle() {
        try (var database = Database.create(EncryptedStores.in(folder))) {
            var store = new UsageStore(database);
            long best = Long.MAX_VALUE;
            for (int round = 0; round < 10; round++) {
                long first = round * 2048L + 1;
                List<RequestRecord> batch =
                        LongStream.range(first, first + 2048)
                                .mapToObj(i ->
                                        new RequestRecord(
                                                i, Requests.started(i), Requests.completed()))
                                .toList();
                long began = System.nanoTime();
                store.insert(batch);
                best = Math.min(best, System.nanoTime() - began);
            }
            System.out.printf("request store: %d ns for a record in a batch%n", best / 2048);

            assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofSeconds(5));
        }
    }
}
