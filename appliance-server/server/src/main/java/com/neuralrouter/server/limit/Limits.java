package com.neuralrouter.server.limit;

import com.neuralrouter.contract.LimitsDocument;

import org.jspecify.annotations.Nullable;

import java.util.function.LongSupplier;

/**
 * Somebody's limits, and how much of them is used. It lives as long as the site has limits for
 * them, across snapshots. Safe for all threads.
 */
public final class Limits {
    private final Subject subject;

    // Replaced by the publisher; what a request holds is given back to where it was held.
    private volatile @Nullable Meter requests;
    private volatile @Nullable Meter tokens;
    private volatile @Nullable Places places;

    Limits(Subject subject) {
        this.subject = subject;
    }

    /** They are these now. */
    void allow(LimitsDocument now, LongSupplier nanos) {
        requests = meter(requests, now.requestsPerMinute(), nanos);
        tokens = meter(tokens, now.tokensPerMinute(), nanos);
        Places before = places;
        Integer limit = now.concurrentRequests();
        if (limit == null) {
            places = null;
        } else if (before == null) {
            places = new Places(limit);
        } else {
            before.allow(limit);
        }
    }

    private static @Nullable Meter meter(
            @Nullable Meter before, @Nullable Integer perMinute, LongSupplier nanos) {
        if (perMinute == null) {
            return null;
        }
        if (before == null) {
            return new Meter(perMinute, nanos);
        }
        before.allow(perMinute);
        return before;
    }

    public Subject subject() {
        return subject;
    }

    public @Nullable Meter requests() {
        return requests;
    }

    public @Nullable Meter tokens() {
        return tokens;
    }

    public @Nullable Places places() {
        return places;
    }
}
