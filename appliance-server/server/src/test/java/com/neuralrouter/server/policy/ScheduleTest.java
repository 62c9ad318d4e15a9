package com.neuralrouter.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.SiteDocument.HoursDocument;
import com.neuralrouter.contract.SiteDocument.WindowDocument;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;

/** Working hours in Berlin, in both halves of the year. */
class ScheduleTest {
    private final Schedule work =
            PolicyDocuments.schedule(
                    new HoursDocument(
                            "Europe/Berlin",
                            List.of(
                                    new WindowDocument(
                                            List.of("mon", "tue", "wed", "thu", "fri"),
                                            "08:00",
                                            "18:00"),
                                    new WindowDocument(List.of("sat"), "00:00", "24:00"))));

    @ParameterizedTest
    @CsvSource({
        // Winter: Berlin is an hour ahead.
        "2026-01-05T06:59:59Z, false",
        "2026-01-05T07:00:00Z, true",
        "2026-01-05T16:59:59Z, true",
        "2026-01-05T17:00:00Z, false",
        // Summer: two hours.
        "2026-07-06T05:59:59Z, false",
        "2026-07-06T06:00:00Z, true",
        // Friday night is Saturday in Berlin.
        "2026-01-09T22:59:59Z, false",
        "2026-01-09T23:00:00Z, true",
        "2026-01-10T22:59:59Z, true",
        "2026-01-10T23:00:00Z, false",
        "1969-12-29T09:00:00Z, true",
    })
    void knowsItsHours(Instant at, boolean within) {
        assertThat(work.contains(at.toEpochMilli())).isEqualTo(within);
    }

    @Test
    void refusesAWindowOverMidnight() {
        assertThatThrownBy(() ->
                        PolicyDocuments.schedule(
                                new HoursDocument(
                                        "UTC",
                                        List.of(new WindowDocument(null, "22:00", "06:00")))))
                .hasMessageContaining("one over midnight is two");
    }
}
