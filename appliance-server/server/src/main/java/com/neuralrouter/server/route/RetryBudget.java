package com.neuralrouter.server.route;

import java.util.concurrent.atomic.AtomicReference;

/**
 * How many further attempts the requests of one route may make: a fifth of their number, and ten a
 * second besides, so that retries can't turn an outage into a flood (after Finagle's {@code
 * RetryBudget}). A bucket of tokens: each request puts a fifth of one in, each further attempt
 * takes one out. Safe for all threads, without locks.
 */
final class RetryBudget {
    /** Thousandths of a token that a request puts in. */
    private static final long SHARE = 200;

    private static final long TOKEN = 1_000;
    private static final long PER_MILLI = 10;
    private static final long MOST = 100 * TOKEN;

    private record Bucket(long thousandths, long at) {}

    private final AtomicReference<Bucket> bucket;

    RetryBudget(long now) {
        this.bucket = new AtomicReference<>(new Bucket(10 * TOKEN, now));
    }

    /** A request begins. */
    void request(long now) {
        bucket.updateAndGet(before -> filled(before, now, SHARE));
    }

    /** Whether one more attempt may be made; it is counted then. */
    boolean take(long now) {
        Bucket before =
                bucket.getAndUpdate(current -> {
                    Bucket filled = filled(current, now, 0);
                    return filled.thousandths() < TOKEN
                            ? filled
                            : new Bucket(filled.thousandths() - TOKEN, filled.at());
                });
        return filled(before, now, 0).thousandths() >= TOKEN;
    }

    private static Bucket filled(Bucket before, long now, long more) {
        long passed = Math.clamp(now - before.at(), 0, 10_000);
        long filled = before.thousandths() + passed * PER_MILLI + more;
        return new Bucket(Math.min(filled, MOST), Math.max(now, before.at()));
    }
}
