package com.neuralrouter.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.audit.log.AuditUnavailable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Silence leaves heartbeats, and a clock that was set is told of. */
class LogPulseTest {
    @TempDir private Path folder;
    private final List<AuditEvent> told = new ArrayList<>();
    private final List<AuditEvent> waiting = new ArrayList<>();
    private final HandClock wall = new HandClock();
    private long nanos = 1;
    private TestSite site;
    private LogPulse pulse;

    @BeforeEach
    void open() {
        site = new TestSite(folder);
        pulse = new LogPulse(site.feed, wall, () -> nanos, told::add, this::gathered, () -> {});
        pulse.look();
    }

    @AfterEach
    void close() {
        pulse.close();
        site.close();
    }

    @Test
    void leavesAHeartbeatForEachMinuteOfSilenceOnly() {
        long before = site.log.size();
        for (int second = 0; second < 59; second++) {
            passes(Duration.ofSeconds(1));
        }
        assertThat(site.log.size()).isEqualTo(before);
        for (int second = 0; second < 3 * 61; second++) {
            passes(Duration.ofSeconds(1));
        }

        assertThat(site.log.size()).isEqualTo(before + 3);
        site.log.read(
                before,
                before + 3,
                (_, leaf, _) ->
                        assertThat(new String(leaf, StandardCharsets.UTF_8))
                                .contains("\"kind\":\"heartbeat\""));
    }

    @Test
    void isSilentWhileOthersWrite() {
        for (int minute = 0; minute < 3; minute++) {
            site.workspace("w" + minute);
            long before = site.log.size();
            for (int second = 0; second < 50; second++) {
                passes(Duration.ofSeconds(1));
            }
            assertThat(site.log.size()).isEqualTo(before);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void tellsOfAClockThatWasSet() {
        wall.now = wall.now.plus(Duration.ofHours(1));
        passes(Duration.ofSeconds(1));
        wall.now = wall.now.minus(Duration.ofSeconds(90));
        passes(Duration.ofSeconds(1));
        passes(Duration.ofSeconds(1));

        assertThat(told).extracting(AuditEvent::action).containsOnly("clock.jumped");
        assertThat(told)
                .extracting(event -> event.details().get("by"))
                .containsExactly("3600 s", "-90 s");
    }

    @Test
    void takesALongPauseForWhatItIs() {
        passes(Duration.ofHours(5));

        assertThat(told).isEmpty();
    }

    @Test
    void passesOnWhatOthersGatherOnceAMinuteAndAtTheEnd() {
        waiting.add(AuditEvent.refused("inference.refused", "inference", Map.of()));
        passes(Duration.ofSeconds(30));
        assertThat(told).isEmpty();
        passes(Duration.ofSeconds(31));
        assertThat(told).hasSize(1);
        waiting.add(AuditEvent.refused("inference.refused", "inference", Map.of()));

        pulse.close();

        assertThat(told).hasSize(2);
    }

    @Test
    void tellsForHowLongTheLogCouldNotBeWritten() {
        var failing = new boolean[] {true};
        try (var watching =
                new LogPulse(
                        site.feed,
                        wall,
                        () -> nanos,
                        told::add,
                        List::of,
                        () -> {
                            if (failing[0]) {
                                throw AuditUnavailable.notYet();
                            }
                        })) {
            watching.look();
            assertThat(told).isEmpty();
            wall.now = wall.now.plusSeconds(90);
            nanos += Duration.ofSeconds(90).toNanos();
            watching.look();
            failing[0] = false;
            watching.look();
            watching.look();
        }

        assertThat(told)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.action()).isEqualTo("audit.log_recovered");
                    assertThat(event.details())
                            .containsEntry("from", "2026-11-23T12:00:00.000000Z")
                            .containsEntry("to", "2026-11-23T12:01:30.000000Z");
                });
    }

    private List<AuditEvent> gathered() {
        var all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    private void passes(Duration time) {
        wall.now = wall.now.plus(time);
        nanos += time.toNanos();
        pulse.look();
    }

    private static final class HandClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T12:00:00Z");

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
            return now;
        }
    }
}
