package com.neuralrouter.desktop.audit;

import com.neuralrouter.desktop.client.AuditSearch;
import com.neuralrouter.desktop.client.AuditSearch.Term;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What is typed and chosen to search the trail. Window's thread only. */
public final class AuditForm {
    private static final String RANGE = "range";

    private final Map<Term, StringProperty> terms = new EnumMap<>(Term.class);
    private final ObjectProperty<Range> range = new SimpleObjectProperty<>(Range.ANY);

    /** Which times are looked at. */
    public enum Range {
        ANY(Duration.ZERO),
        HOUR(Duration.ofHours(1)),
        DAY(Duration.ofDays(1)),
        WEEK(Duration.ofDays(7)),
        MONTH(Duration.ofDays(30)),
        /** As the two terms of time say. */
        BETWEEN(Duration.ZERO);

        private final Duration length;

        Range(Duration length) {
            this.length = length;
        }
    }

    AuditForm() {
        for (Term term : Term.values()) {
            terms.put(term, new SimpleStringProperty(""));
        }
    }

    /** What is typed for a term. */
    public StringProperty term(Term term) {
        return Objects.requireNonNull(terms.get(term));
    }

    public ObjectProperty<Range> range() {
        return range;
    }

    /** What it asks for now. */
    AuditSearch search(Instant now) {
        var asked = new EnumMap<Term, String>(Term.class);
        terms.forEach((term, text) -> asked.put(term, text.get()));
        asked.remove(Term.SINCE);
        asked.remove(Term.UNTIL);
        switch (range.get()) {
            case ANY -> {}
            case HOUR, DAY, WEEK, MONTH ->
                    asked.put(Term.SINCE, now.minus(range.get().length).toString());
            case BETWEEN -> {
                asked.put(Term.SINCE, time(term(Term.SINCE).get()));
                asked.put(Term.UNTIL, time(term(Term.UNTIL).get()));
            }
        }
        return new AuditSearch(asked);
    }

    /** Looks for everything again. */
    public void clear() {
        fill(Map.of());
    }

    /** What is in it, to be kept. */
    Map<String, String> fields() {
        var fields = new HashMap<String, String>();
        terms.forEach((term, text) -> {
            if (!text.get().isBlank()) {
                fields.put(term.wire(), text.get());
            }
        });
        fields.put(RANGE, range.get().name());
        return fields;
    }

    /** Fills it as it was kept; what another version kept is left out. */
    void fill(Map<String, String> fields) {
        terms.forEach((term, text) -> text.set(fields.getOrDefault(term.wire(), "")));
        range.set(Range.ANY);
        for (Range each : Range.values()) {
            if (each.name().equals(fields.get(RANGE))) {
                range.set(each);
            }
        }
    }

    /** A date, a date with time, or an instant, in UTC; anything else as it is, to be refused. */
    private static String time(String typed) {
        var text = typed.strip().replace(' ', 'T');
        try {
            if (text.length() == "2026-11-23".length()) {
                return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC).toString();
            }
            return text.endsWith("Z")
                    ? Instant.parse(text).toString()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toString();
        } catch (DateTimeException notATime) {
            return typed;
        }
    }
}
