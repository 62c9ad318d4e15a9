package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.EncryptedStores;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
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
