package com.neuralrouter.server.dialect;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;

/** The headers by which an API tells how much may still be asked for. */
public enum RateHeaders {
    /** OpenAI: {@code x-ratelimit-*}; the time until all is free as in 1s, 6m0s or 120ms. */
    OPENAI {
        @Override
        void put(String what, Rate rate, Instant now, BiConsumer<String, String> headers) {
            headers.accept("x-ratelimit-limit-" + what, Long.toString(rate.limit()));
            headers.accept("x-ratelimit-remaining-" + what, Long.toString(rate.remaining()));
            headers.accept("x-ratelimit-reset-" + what, duration(rate.reset()));
        }
    },
    /** Anthropic: {@code anthropic-ratelimit-*}; the moment at which all is free (RFC 3339). */
    ANTHROPIC {
        @Override
        void put(String what, Rate rate, Instant now, BiConsumer<String, String> headers) {
            String prefix = "anthropic-ratelimit-" + what;
            headers.accept(prefix + "-limit", Long.toString(rate.limit()));
            headers.accept(prefix + "-remaining", Long.toString(rate.remaining()));
            // Rounded up to the second: that is how the API has it.
            headers.accept(
                    prefix + "-reset",
                    now.plus(rate.reset())
                            .plusNanos(999_999_999)
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString());
        }
    };

    /**
     * @param limit per minute
     * @param remaining what may be asked for now
     * @param reset after which time all of it may be
     */
    public record Rate(long limit, long remaining, Duration reset) {}

    abstract void put(String what, Rate rate, Instant now, BiConsumer<String, String> headers);

    public void requests(Rate rate, Instant now, BiConsumer<String, String> headers) {
        put("requests", rate, now, headers);
    }

    public void tokens(Rate rate, Instant now, BiConsumer<String, String> headers) {
        put("tokens", rate, now, headers);
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
