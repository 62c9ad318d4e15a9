package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.metric.PrometheusText;
import com.neuralrouter.server.usage.MappedRequestJournal.Beginning;
import com.neuralrouter.server.usage.RecordingSink.Mood;
import com.neuralrouter.server.usage.RequestJournal.Ticket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** How full a journal says that it is. */
class JournalMetricsTest {
    private static final int CAPACITY = 64;

    @TempDir private Path folder;
    private final RecordingSink sink = new RecordingSink();

    @Test
    void tellsHowManyAreUnderWayAndHowManyWaitForAStoreThatFails() throws Exception {
        sink.is(Mood.FAILS);
        try (var journal = start()) {
            List<Ticket> open = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                open.add(journal.open(Requests.started(i)));
            }
            assertFill(journal, 5, 0);

            open.getFirst().close(Requests.completed());
            open.getLast().close(Requests.completed());
            sink.awaitRefusal();
            assertFill(journal, 3, 2);

            sink.is(Mood.WELL);
            sink.await(2);
            await(() -> journal.fill().waiting() == 0);
            assertFill(journal, 3, 0);
        }
    }

    @Test
    void countsWhatAnEarlierRunLeftAsWaiting() throws Exception {
        sink.is(Mood.FAILS);
        try (var journal = start()) {
            journal.open(Requests.started(1)).close(Requests.completed());
            journal.open(Requests.started(2));
        }

        try (var journal = start()) {
            assertFill(journal, 0, 2);

            sink.is(Mood.WELL);
            await(() -> journal.fill().waiting() == 0);
            assertFill(journal, 0, 0);
        }
    }

    @Test
    void takesNoMoreWhenItIsFull() {
        sink.is(Mood.FAILS);
        try (var journal = start()) {
            assertThat(journal.takes()).isTrue();
            for (int i = 1; i <= CAPACITY; i++) {
                journal.open(Requests.started(i));
            }

            assertThat(journal.takes()).isFalse();
            assertFill(journal, CAPACITY, 0);
        }
    }

    private MappedRequestJournal start() {
        return MappedRequestJournal.start(folder, CAPACITY, sink, Beginning.MAPPED);
    }

    private static void assertFill(MappedRequestJournal journal, int underWay, int waiting) {
        PrometheusText told = PrometheusText.of(new JournalMetrics(journal));
        assertThat(told.value("neural_router_requests_in_progress")).isEqualTo(underWay);
        assertThat(told.value("neural_router_journal_waiting_records")).isEqualTo(waiting);
        assertThat(told.value("neural_router_journal_capacity_records")).isEqualTo(CAPACITY);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var never = new CountDownLatch(1);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
        }
    }
}
