package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.server.usage.MappedRequestJournal.Beginning;
import com.neuralrouter.server.usage.RecordingSink.Mood;
import com.neuralrouter.server.usage.RequestJournal.RecordUnavailable;
import com.neuralrouter.server.usage.RequestJournal.Ticket;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class MappedRequestJournalTest {
    private static final int CAPACITY = 64;

    @TempDir Path folder;
    private final RecordingSink sink = new RecordingSink();

    @Test
    void storesWhatARequestWasAndHowItEnded() {
        try (var journal = start()) {
            journal.open(Requests.started(7)).close(Requests.completed());

            assertThat(sink.await(1))
                    .containsExactly(
                            new RequestRecord(1, Requests.started(7), Requests.completed()));
        }
    }

    @Test
    void numbersRecordsInTheOrderInWhichTheyEnd() {
        try (var journal = start()) {
            Ticket first = journal.open(Requests.started(1));
            journal.open(Requests.started(2)).close(Requests.completed());
            sink.await(1);
            first.close(Requests.completed());

            assertThat(sink.await(2))
                    .extracting(RequestRecord::position, each -> each.started().id())
                    .containsExactly(tuple(1L, Requests.id(2)), tuple(2L, Requests.id(1)));
        }
    }

    @Test
    void takesOnlyTheFirstEndOfARequest() {
        try (var journal = start()) {
            Ticket ticket = journal.open(Requests.started(1));
            ticket.close(Requests.completed());
            ticket.close(failed());
            sink.await(1);
            // The slot is another request's by now: a late end must not reach it.
            Ticket next = journal.open(Requests.started(2));
            ticket.close(failed());
            next.close(Requests.completed());

            assertThat(sink.await(2))
                    .extracting(each -> each.ended().outcome())
                    .containsOnly(Outcome.COMPLETED);
        }
    }

    @Test
    void losesNoneAndStoresNoneTwiceWhenManyWriteAtOnce() throws InterruptedException {
        int writers = 200;
        int each = 500;

        try (var journal = MappedRequestJournal.start(folder, 8192, sink, Beginning.MAPPED);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < writers; writer++) {
                long from = (long) writer * each;
                threads.submit(() -> {
                    for (long i = from; i < from + each; i++) {
                        openPatiently(journal, i).close(Requests.completed());
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            List<RequestRecord> records = sink.await(writers * each);

            assertThat(RecordingSink.ids(records)).doesNotHaveDuplicates();
            assertThat(records).hasSize(writers * each);
            assertThat(records)
                    .extracting(RequestRecord::position)
                    .isEqualTo(
                            IntStream.rangeClosed(1, writers * each)
                                    .mapToObj(Long::valueOf)
                                    .toList());
        }
    }

    @Test
    void usesSlotsAgainWhileALongRequestHoldsItsOwn() {
        try (var journal = start()) {
            Ticket stream = journal.open(Requests.started(0));
            for (int i = 1; i <= 10 * CAPACITY; i++) {
                openPatiently(journal, i).close(Requests.completed());
            }
            stream.close(Requests.completed());

            assertThat(RecordingSink.ids(sink.await(10 * CAPACITY + 1)))
                    .doesNotHaveDuplicates()
                    .endsWith(Requests.id(0));
        }
    }

    @Test
    void cutsTextThatDoesNotFitBetweenTwoCharacters() {
        var started =
                new RequestStarted(
                        Requests.id(1),
                        1,
                        Requests.WORKSPACE,
                        Requests.KEY,
                        "ü".repeat(200),
                        true,
                        1);

        try (var journal = start()) {
            journal.open(started).close(Requests.completed());

            assertThat(sink.await(1).getFirst().started().model()).isEqualTo("ü".repeat(103));
        }
    }

    @Test
    void refusesAfterItWasClosed() {
        var journal = start();
        Ticket open = journal.open(Requests.started(1));
        journal.close();

        assertThatThrownBy(() -> journal.open(Requests.started(2)))
                .isInstanceOf(RecordUnavailable.class);
        open.close(Requests.completed());
        journal.close();
    }

    @Test
    void drainsWhatHasEndedBeforeItCloses() {
        try (var journal = start()) {
            for (int i = 0; i < CAPACITY; i++) {
                journal.open(Requests.started(i)).close(Requests.completed());
            }
        }

        assertThat(sink.await(CAPACITY)).hasSize(CAPACITY);
    }

    @Test
    void isNotSharedByTwo() {
        try (var journal = start()) {
            assertThat(journal).isNotNull();
            assertThatThrownBy(this::start)
                    .isInstanceOf(JournalUnusable.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void refusesAFileThatIsNotAJournal() throws IOException {
        Files.write(folder.resolve("requests.journal"), new byte[10_000]);

        assertThatThrownBy(this::start)
                .isInstanceOf(JournalUnusable.class)
                .hasMessageContaining("move it away");
    }

    @Test
    void saysWhatItNeedsWhenTheFolderCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> MappedRequestJournal.start(file, CAPACITY, sink, Beginning.MAPPED))
                .isInstanceOf(JournalUnusable.class)
                .hasMessageContaining("MiB");
    }

    @Test
    void forcesABeginningToTheDiskWhereAskedTo() {
        try (var journal = MappedRequestJournal.start(folder, CAPACITY, sink, Beginning.FORCED)) {
            journal.open(Requests.started(1)).close(Requests.completed());

            assertThat(sink.await(1)).hasSize(1);
        }
    }

    @Test
    void occupiesItsDiskSpaceFromTheBeginning() throws IOException {
        start().close();

        assertThat(Files.size(folder.resolve("requests.journal")))
                .isEqualTo(4096 + CAPACITY * 1152L);
    }

    @Nested
    class WhenTheStoreFails {
        @Test
        void refusesWhenEveryPlaceIsTakenAndDrainsWhenItIsBack() {
            sink.is(Mood.FAILS);
            try (var journal = start()) {
                for (int i = 0; i < CAPACITY; i++) {
                    journal.open(Requests.started(i)).close(Requests.completed());
                }
                sink.awaitRefusal();

                assertThatThrownBy(() -> journal.open(Requests.started(CAPACITY)))
                        .isInstanceOf(RecordUnavailable.class)
                        .hasMessageContaining("all 64 places");

                sink.is(Mood.WELL);
                assertThat(RecordingSink.ids(sink.await(CAPACITY))).isEqualTo(ids(CAPACITY));
                openPatiently(journal, CAPACITY).close(Requests.completed());
                assertThat(sink.await(CAPACITY + 1)).hasSize(CAPACITY + 1);
            }
        }

        @Test
        void storesNoRecordTwiceWhenTheAnswerToACommitWasLost() {
            sink.is(Mood.STORES_AND_FAILS);
            try (var journal = start()) {
                journal.open(Requests.started(1)).close(Requests.completed());
                sink.awaitRefusal();
                sink.is(Mood.WELL);
                journal.open(Requests.started(2)).close(Requests.completed());

                assertThat(RecordingSink.ids(sink.await(2))).isEqualTo(ids(1, 2));
            }
        }

        @Test
        void keepsTheRecordsForTheNextStart() {
            sink.is(Mood.FAILS);
            try (var journal = start()) {
                journal.open(Requests.started(1)).close(Requests.completed());
                sink.awaitRefusal();
            }
            sink.is(Mood.WELL);

            try (var journal = start()) {
                journal.open(Requests.started(2)).close(Requests.completed());
                assertThat(RecordingSink.ids(sink.await(2))).isEqualTo(ids(1, 2));
            }
        }
    }

    @Nested
    class AfterARestart {
        @Test
        void recordsAsInterruptedWhatHadNotEnded() {
            try (var journal = start()) {
                journal.open(Requests.started(3));
            }

            try (var journal = start()) {
                assertThat(journal).isNotNull();
                RequestRecord record = sink.await(1).getFirst();
                assertThat(record.started()).isEqualTo(Requests.started(3));
                assertThat(record.ended().outcome()).isEqualTo(Outcome.INTERRUPTED);
            }
        }

        @Test
        void goesOnNumberingWhereItStopped() {
            try (var journal = start()) {
                journal.open(Requests.started(1)).close(Requests.completed());
            }

            try (var journal = start()) {
                journal.open(Requests.started(2)).close(Requests.completed());
                assertThat(sink.await(2))
                        .extracting(RequestRecord::position)
                        .containsExactly(1L, 2L);
            }
        }

        @Test
        void changesItsCapacityWhenNothingIsLeftInIt() {
            start().close();

            MappedRequestJournal.start(folder, 2, sink, Beginning.MAPPED).close();

            assertThat(folder.resolve("requests.journal")).hasSize(4096 + 2 * 1152);
        }

        @Test
        void keepsItsCapacityWhileSomethingIsLeftInIt() {
            try (var journal = start()) {
                journal.open(Requests.started(1));
            }

            try (var journal = MappedRequestJournal.start(folder, 2, sink, Beginning.MAPPED)) {
                assertThat(journal).isNotNull();
                assertThat(RecordingSink.ids(sink.await(1))).isEqualTo(ids(1, 1));
            }
        }
    }

    /** What a power cut can leave behind: the kernel wrote some of a slot's bytes. */
    @Nested
    class WhenASlotIsDamaged {
        @Test
        void skipsARecordWhoseBeginningIsTorn() throws IOException {
            leaveOneClosed(1);
            overwriteInOnlySlot(88 + 3);

            try (var journal = start()) {
                openPatiently(journal, 2).close(Requests.completed());
                assertThat(RecordingSink.ids(sink.await(1))).isEqualTo(ids(2, 2));
            }
        }

        @Test
        void recordsAsInterruptedWhereOnlyTheEndIsTorn() throws IOException {
            leaveOneClosed(1);
            overwriteInOnlySlot(384);

            try (var journal = start()) {
                assertThat(journal).isNotNull();
                RequestRecord record = sink.await(1).getFirst();
                assertThat(record.started()).isEqualTo(Requests.started(1));
                assertThat(record.ended().outcome()).isEqualTo(Outcome.INTERRUPTED);
            }
        }

        private void leaveOneClosed(int number) {
            sink.is(Mood.FAILS);
            try (var journal = start()) {
                journal.open(Requests.started(number)).close(Requests.completed());
                sink.awaitRefusal();
            }
            sink.is(Mood.WELL);
        }

        /** The first slot taken is the first in the file. */
        private void overwriteInOnlySlot(int offset) throws IOException {
            Path file = folder.resolve("requests.journal");
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {0x55}), 4096 + offset);
            }
        }
    }

    private MappedRequestJournal start() {
        return MappedRequestJournal.start(folder, CAPACITY, sink, Beginning.MAPPED);
    }

    /** As an app does that is told to come back. */
    private static Ticket openPatiently(RequestJournal journal, long number) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                return journal.open(Requests.started(number));
            } catch (RecordUnavailable e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.yield();
            }
        }
    }

    private static RequestEnded failed() {
        return new RequestEnded(
                Outcome.FAILED, 502, null, null, null, 2, 0, 1_000, TokenCounts.NONE);
    }

    private static List<RequestId> ids(int count) {
        return ids(0, count - 1);
    }

    private static List<RequestId> ids(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Requests::id).toList();
    }
}
