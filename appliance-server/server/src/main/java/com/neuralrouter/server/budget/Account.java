package com.neuralrouter.server.budget;

import com.neuralrouter.server.limit.Subject;

import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One budget and what is spent of it. It lives as long as the site has the budget, across
 * snapshots. Safe for all threads, without a lock.
 */
public final class Account {
    private final UUID id;
    private final Subject subject;
    private final String name;
    private final AtomicReference<@Nullable Window> window = new AtomicReference<>();

    /** Replaced by the publisher. */
    private volatile Terms terms;

    /** What is spent and reserved in one span of time. */
    static final class Window {
        final Terms terms;
        final Terms.Span span;
        final Purse money = new Purse();
        final Purse tokens = new Purse();

        /** Whether a request was refused or ended because of it. */
        volatile boolean usedUp;

        Window(Terms terms, Terms.Span span) {
            this.terms = terms;
            this.span = span;
        }
    }

    Account(UUID id, Subject subject, String name, Terms terms) {
        this.id = id;
        this.subject = subject;
        this.name = name;
        this.terms = terms;
    }

    /** It says something else now; what is spent stays while its spans of time do. */
    void say(Terms now) {
        terms = now;
    }

    UUID id() {
        return id;
    }

    public Subject subject() {
        return subject;
    }

    public String name() {
        return name;
    }

    Terms terms() {
        return terms;
    }

    /**
     * The span in which a moment is. One before the span that has begun is taken for a part of
     * that: a request that was on its way at midnight.
     */
    Window at(long millis) {
        Terms now = terms;
        while (true) {
            Window current = window.get();
            if (current != null && current.terms.spansLike(now) && millis < current.span.ends()) {
                return current;
            }
            var next = new Window(now, now.spanOf(millis));
            if (window.compareAndSet(current, next)) {
                return next;
            }
        }
    }
}
