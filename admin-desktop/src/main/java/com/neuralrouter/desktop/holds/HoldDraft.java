package com.neuralrouter.desktop.holds;

import com.neuralrouter.contract.PlaceLegalHold;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A hold as it is typed: whole days in UTC, both included. What is blank does not matter.
 *
 * @param since the first day of entries that it is on
 * @param until the last one
 */
record HoldDraft(String name, String workspace, String actor, String since, String until) {
    private static final int LONGEST_NAME = 200;

    /** The key of what is wrong with a name; empty if nothing is. */
    static Optional<String> nameProblem(String name) {
        return name.isBlank() || name.strip().length() > LONGEST_NAME
                ? Optional.of("holds.place.name.wrong")
                : Optional.empty();
    }

    /** The key of what is wrong with a day; empty if nothing is, or if there is none. */
    static Optional<String> dayProblem(String day) {
        return day.isBlank() || day(day).isPresent()
                ? Optional.empty()
                : Optional.of("holds.place.day.wrong");
    }

    /** As the appliance wants it. The days have been judged. */
    PlaceLegalHold wanted() {
        return new PlaceLegalHold(
                name.strip(),
                day(since).map(HoldDraft::start).orElse(null),
                day(until).map(last -> start(last.plusDays(1))).orElse(null),
                orNull(workspace),
                orNull(actor));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeException notADay) {
            return Optional.empty();
        }
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
