package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.audit.log.EntryLogKeys;
import com.neuralrouter.server.secret.TestVault;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.EncryptedStores;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Measures what recording a request costs and prints it; fails only when it is out of all
 * proportion, because the machine that builds may be busy.
 */
class JournalCostTest {
    private static final int ROUNDS = 8;
    private static final int REQUESTS = 50_000;
    private static final int LOGGED = 10_000;

    @TempDir Path folder;

    @Test
    void recordingARequestCostsMicrosecondsNotMore() {
        var sink = new RecordingSink();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        long bytes = 0;
        int total = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (var journal = MappedRequestJournal.start(folder, REQUESTS, sink)) {
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
                        MappedRequestJournal.start(folder.resolve("journal"), LOGGED, logged)) {
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
