package com.neuralrouter.server.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** What only goes up in a log: its time, and how far it has taken up what others number. */
class EntryLogMarksTest {
    @TempDir private Path site;
    private Path folder;
    private TestLog logs;

    @BeforeEach
    void openVault() {
        logs = new TestLog(site);
        folder = site.resolve("audit");
    }

    @AfterEach
    void closeVault() {
        logs.close();
    }

    @Test
    void neverGoesBackInTimeAndTellsByHowMuchTheClockDid() {
        Instant noon = Instant.parse("2026-11-23T12:00:00.000001Z");
        var now = new AtomicReference<>(noon);
        Clock told = new SettableClock(now);
        logs.create(folder).close();
        try (EntryLog log = logs.open(folder, told)) {
            Appended first = log.append(List.of(TestDraft.of("a")));
            now.set(noon.minusSeconds(60));
            Appended second = log.append(List.of(TestDraft.of("b")));

            assertThat(first.time()).isEqualTo(noon);
            assertThat(first.clockBehind()).isZero();
            assertThat(second.time()).isEqualTo(noon);
            assertThat(second.clockBehind()).isEqualTo(Duration.ofSeconds(60));
        }
        try (EntryLog log = logs.open(folder, told)) {
            assertThat(log.lastTime()).isEqualTo(noon);
            assertThat(log.append(List.of(TestDraft.of("c"))).time()).isEqualTo(noon);
            now.set(noon.plusSeconds(1));
            assertThat(log.append(List.of(TestDraft.of("d"))).time())
                    .isEqualTo(noon.plusSeconds(1));
        }
    }

    @Test
    void remembersTheHighestOutboxNumberAndTakesNoneTwice() {
        try (EntryLog log = logs.create(folder)) {
            assertThat(log.outboxMark()).isZero();
            log.append(List.of(outbox(4), TestDraft.of("between"), outbox(7)));

            assertThat(log.outboxMark()).isEqualTo(7);
            assertThatThrownBy(() -> log.append(List.of(outbox(7))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("outbox number 7 comes after 7");
            assertThatThrownBy(() -> log.append(List.of(outbox(9), outbox(8))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(log.size()).isEqualTo(3);
        }
        try (EntryLog log = logs.open(folder)) {
            assertThat(log.outboxMark()).isEqualTo(7);
            log.append(List.of(outbox(8)));
            assertThat(log.outboxMark()).isEqualTo(8);
        }
    }

    @Test
    void remembersTheHighestRequestApartFromTheOutboxAndTellsTheMarkOfAnyEntry() {
        try (EntryLog log = logs.create(folder)) {
            log.append(List.of(outbox(3), request(10), request(12)));
            log.append(List.of(TestDraft.of("a")));
            log.append(List.of(outbox(5)));

            assertThatThrownBy(() -> log.append(List.of(request(12))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("request 12 comes after 12");
        }
        try (EntryLog log = logs.open(folder)) {
            assertThat(log.outboxMark()).isEqualTo(5);
            assertThat(log.requestMark()).isEqualTo(12);
            assertThat(IntStream.range(0, 5).mapToObj(log::outboxMarkAt))
                    .containsExactly(3L, 3L, 3L, 3L, 5L);
            assertThatThrownBy(() -> log.outboxMarkAt(5))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Draft outbox(long number) {
        return new TestDraft("o" + number, new byte[0], number);
    }

    private static Draft request(long position) {
        return new Draft() {
            @Override
            public byte[] leaf(long sequence, Instant time) {
                return TestDraft.leafOf("r" + position, sequence, time);
            }

            @Override
            public long request() {
                return position;
            }
        };
    }

    /** Shows what it is set to. */
    private static final class SettableClock extends Clock {
        private final AtomicReference<Instant> now;

        SettableClock(AtomicReference<Instant> now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }
}
