package com.neuralrouter.server.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.BudgetDocument.Per;
import com.neuralrouter.server.budget.Terms.Span;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

class TermsTest {
    private static final Instant MADE = Instant.parse("2027-01-05T12:00:00Z");

    private static Terms terms(Per per, String zone) {
        return Terms.of(
                new BudgetDocument("b", per, zone, new BigDecimal("12.5"), null, List.of(90, 50)),
                MADE);
    }

    private static Span span(String began, String ends) {
        return new Span(Instant.parse(began).toEpochMilli(), Instant.parse(ends).toEpochMilli());
    }

    private static long at(String moment) {
        return Instant.parse(moment).toEpochMilli();
    }

    @Test
    void fillsInWhatIsNotSaid() {
        Terms terms = Terms.of(new BudgetDocument("b", null, null, null, 5L, null), MADE);

        assertThat(terms.per()).isEqualTo(Per.MONTH);
        assertThat(terms.zone().getId()).isEqualTo("UTC");
        assertThat(terms.money()).isEqualTo(Terms.ANY);
        assertThat(terms.warnAt()).containsExactly(80, 95);
        assertThat(terms(Per.DAY, null).money()).isEqualTo(12_500_000);
        assertThat(terms(Per.DAY, null).warnAt()).containsExactly(50, 90);
    }

    @Test
    void daysWeeksAndMonthsBeginInTheZone() {
        assertThat(terms(Per.DAY, "Europe/Berlin").spanOf(at("2027-01-31T23:30:00Z")))
                .isEqualTo(span("2027-01-31T23:00:00Z", "2027-02-01T23:00:00Z"));
        assertThat(terms(Per.MONTH, "Asia/Kolkata").spanOf(at("2027-01-31T18:30:00Z")))
                .isEqualTo(span("2027-01-31T18:30:00Z", "2027-02-28T18:30:00Z"));
        assertThat(terms(Per.WEEK, null).spanOf(at("2027-02-07T23:59:59Z")))
                .isEqualTo(span("2027-02-01T00:00:00Z", "2027-02-08T00:00:00Z"));
    }

    @Test
    void theDayOnWhichTheClocksChangeIsShorter() {
        assertThat(terms(Per.DAY, "Europe/Berlin").spanOf(at("2027-03-28T12:00:00Z")))
                .isEqualTo(span("2027-03-27T23:00:00Z", "2027-03-28T22:00:00Z"));
    }

    @Test
    void aTotalBeginsWhenTheBudgetWasMadeAndDoesNotEnd() {
        assertThat(terms(Per.TOTAL, null).spanOf(at("2031-01-01T00:00:00Z")))
                .isEqualTo(new Span(MADE.toEpochMilli(), Long.MAX_VALUE));
    }
}
