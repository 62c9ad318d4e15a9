package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * Something that went wrong with the site and that somebody should know of: opened by a rule, with
 * what has happened since.
 *
 * @param rule which rule opened it, as in {@code provider_sla}
 * @param subject what it is about, by its name
 * @param closedAt absent while it is not closed
 * @param timeline what has happened, oldest first
 */
public record Incident(
        IncidentId id,
        String rule,
        String subject,
        State state,
        Instant openedAt,
        @Nullable Instant closedAt,
        List<Event> timeline) {

    public Incident {
        timeline = List.copyOf(timeline);
    }

    /** How far it has come. */
    public enum State {
        /** Nobody has said yet that they have seen it. */
        OPEN,
        /** Somebody has. */
        ACKNOWLEDGED,
        /** What it was about is over; nobody has closed it yet. */
        RESOLVED,
        CLOSED
    }

    /**
     * One thing that happened.
     *
     * @param actor who did it; the appliance's part for what it did itself
     * @param text in words without content; empty if there is nothing to say
     */
    public record Event(Instant at, Kind kind, String actor, String text) {}

    /** What happened. */
    public enum Kind {
        OPENED,
        /** The rule found something new. */
        OBSERVED,
        ACKNOWLEDGED,
        NOTE,
        /** The rule found that it is over. */
        RESOLVED,
        CLOSED
    }
}
