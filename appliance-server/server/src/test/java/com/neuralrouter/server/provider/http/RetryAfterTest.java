package com.neuralrouter.server.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

class RetryAfterTest {
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-29T09:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({"1s,1000", "120ms,120", "6m0s,360000", "1h,3600000", "1m2.5s,62500", "0s,0"})
    void readsWhenALimitIsReset(String text, long millis) {
        assertThat(RetryAfter.duration(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"''", "soon", "5", "-1s", "1s1m", "1.2.3s"})
    void takesNothingElseForADuration(String text) {
        assertThat(RetryAfter.duration(text)).isEqualTo(-1);
    }

    /** Anthropic's limits name the moment. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-29T09:00:07Z,7000",
        "2026-11-29T10:00:01.5+01:00,1500",
        "2026-11-29T08:59:00Z,0",
        "9999-12-31T00:00:00Z,604800000",
        "2s,2000",
        "tomorrow,-1",
        "2026-11-29,-1"
    })
    void readsTheMomentAtWhichALimitIsReset(String text, long millis) {
        assertThat(RetryAfter.reset(text, clock)).isEqualTo(millis);
    }

    @Test
    void readsEveryWayToAskForPatience() {
        assertThat(RetryAfter.millis(null, "2", clock)).isEqualTo(2_000);
        assertThat(RetryAfter.millis(null, "Sun, 29 Nov 2026 09:00:03 GMT", clock))
                .isEqualTo(3_000);
        assertThat(RetryAfter.millis("350", "2", clock)).isEqualTo(350);
        assertThat(RetryAfter.millis(null, "soon", clock)).isEqualTo(-1);
        assertThat(RetryAfter.millis(null, null, clock)).isEqualTo(-1);
    }
}
