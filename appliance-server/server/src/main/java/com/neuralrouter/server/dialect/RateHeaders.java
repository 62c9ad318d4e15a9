package com.neuralrouter.server.dialect;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;

/** The headers by which an API tells how much may still be asked for. */
public enum RateHeaders {
    /** OpenAI: {@code x-ratelimit-*}; the time until all is free as in 1s, 6m0s or 120ms. */
    OPENAI("x-ratelimit-limit-%s", "x-ratelimit-remaining-%s", "x-ratelimit-reset-%s") {
        @Override
        String reset(Duration reset, Instant now) {
            return duration(reset);
        }
    },
    /** Anthropic: {@code anthropic-ratelimit-*}; the moment at which all is free (RFC 3339). */
    ANTHROPIC(
            "anthropic-ratelimit-%s-limit",
            "anthropic-ratelimit-%s-remaining", "anthropic-ratelimit-%s-reset") {
        @Override
        String reset(Duration reset, Instant now) {
            // Rounded up to the second: that is how the API has it.
            return now.plus(reset)
                    .plusNanos(999_999_999)
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString();
        }
    };

    private final Names requests;
    private final Names tokens;

    /** The three headers about one thing. */
    private record Names(String limit, String remaining, String reset) {
        private Names of(String what) {
            return new Names(
                    limit.formatted(what), remaining.formatted(what), reset.formatted(what));
        }
    }

    RateHeaders(String limit, String remaining, String reset) {
        var names = new Names(limit, remaining, reset);
        this.requests = names.of("requests");
        this.tokens = names.of("tokens");
    }

    /**
     * @param limit per minute
     * @param remaining what may be asked for now
     * @param reset after which time all of it may be
     */
    public record Rate(long limit, long remaining, Duration reset) {}

    abstract String reset(Duration reset, Instant now);

    public void requests(Rate rate, Instant now, BiConsumer<String, String> headers) {
        put(requests, rate, now, headers);
    }

    public void tokens(Rate rate, Instant now, BiConsumer<String, String> headers) {
        put(tokens, rate, now, headers);
    }

    private void put(Names names, Rate rate, Instant now, BiConsumer<String, String> headers) {
        headers.accept(names.limit(), Long.toString(rate.limit()));
        headers.accept(names.remaining(), Long.toString(rate.remaining()));
        headers.accept(names.reset(), reset(rate.reset(), now));
    }

    private static String duration(Duration reset) {
        long millis = reset.plusNanos(999_999).toMillis();
        if (millis < 1_000) {
            return millis + "ms";
        }
        long seconds = (millis + 999) / 1_000;
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }
}
