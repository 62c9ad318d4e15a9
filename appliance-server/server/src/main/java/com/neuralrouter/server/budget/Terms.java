package com.neuralrouter.server.budget;

import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.BudgetDocument.Per;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Objects;

/**
 * What a budget says, with what it leaves out filled in.
 *
 * @param money in millionths of the site's currency; {@link #ANY} if it does not matter
 * @param tokens {@link #ANY} if they do not matter
 * @param madeMillis the beginning of the second in which the budget was made: requests on their way
 *     into the store are added up by the second
 * @param warnAt percentages, ascending
 */
record Terms(Per per, ZoneId zone, long money, long tokens, long madeMillis, List<Integer> warnAt) {
    static final long ANY = Long.MAX_VALUE;

    private static final List<Integer> USUAL_WARNINGS = List.of(80, 95);

    /**
     * A time for which a budget is whole, in epoch milliseconds.
     *
     * @param ends the first moment that is not in it; {@link Long#MAX_VALUE} if it does not end
     */
    record Span(long began, long ends) {
        boolean has(long moment) {
            return began <= moment && moment < ends;
        }
    }

    static Terms of(BudgetDocument document, Instant made) {
        var amount = document.amount();
        return new Terms(
                Objects.requireNonNullElse(document.per(), Per.MONTH),
                ZoneId.of(Objects.requireNonNullElse(document.zone(), "UTC")),
                amount == null ? ANY : amount.movePointRight(6).longValueExact(),
                Objects.requireNonNullElse(document.tokens(), ANY),
                made.truncatedTo(ChronoUnit.SECONDS).toEpochMilli(),
                Objects.requireNonNullElse(document.warnAt(), USUAL_WARNINGS).stream()
                        .sorted()
                        .toList());
    }

    /** The one in which a moment lies. */
    Span spanOf(long millis) {
        LocalDate day = Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
        return switch (per) {
            case DAY -> span(day, day.plusDays(1));
            case WEEK -> {
                LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield span(monday, monday.plusWeeks(1));
            }
            case MONTH -> span(day.withDayOfMonth(1), day.withDayOfMonth(1).plusMonths(1));
            case TOTAL -> new Span(madeMillis, Long.MAX_VALUE);
        };
    }

    private Span span(LocalDate from, LocalDate to) {
        return new Span(
                from.atStartOfDay(zone).toInstant().toEpochMilli(),
                to.atStartOfDay(zone).toInstant().toEpochMilli());
    }

    /** Whether the other one's spans of time are the same. */
    boolean spansLike(Terms other) {
        return this == other || per == other.per && zone.equals(other.zone);
    }
}
