package com.neuralrouter.desktop.apikeys;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How long a new key works. A quarter is what we propose, so that rotation is the habit. */
enum Lifetime {
    DAYS_30(Optional.of(Duration.ofDays(30))),
    DAYS_90(Optional.of(Duration.ofDays(90))),
    DAYS_365(Optional.of(Duration.ofDays(365))),
    UNLIMITED(Optional.empty());

    private final Optional<Duration> length;

    Lifetime(Optional<Duration> length) {
        this.length = length;
    }

    /** When a key made at that moment stops working; empty if it never does. */
    Optional<Instant> end(Instant now) {
        return length.map(now::plus);
    }

    /** The key of its word. */
    String textKey() {
        return "apikeys.lifetime." + name().toLowerCase(Locale.ROOT);
    }
}
