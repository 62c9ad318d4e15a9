package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.usage.MappedRequestJournal.Beginning;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requests come faster than a journal can give places back. */
class JournalOfFewPlacesTest {
    private static final int CAPACITY = 64;
    private static final int REQUESTS = 4 * CAPACITY;

    @TempDir Path folder;

    @Test
    void letsRequestsWaitForAPlaceAndRefusesNone() throws Exception {
        var sink = new RecordingSink();
        try (var journal = MappedRequestJournal.start(folder, CAPACITY, sink, Beginning.MAPPED);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                RequestStarted started = Requests.started(i);
                all.add(threads.submit(() -> journal.open(started).close(Requests.completed())));
            }
            for (Future<?> each : all) {
                each.get();
            }

            assertThat(sink.await(REQUESTS)).hasSize(REQUESTS);
        }
    }
}
