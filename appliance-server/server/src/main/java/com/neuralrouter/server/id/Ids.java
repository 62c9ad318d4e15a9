package com.neuralrouter.server.id;

import com.neuralrouter.contract.RequestId;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Draws ids: UUIDs of version 7 (RFC 9562, section 5.7), whose first 48 bits are the time in
 * milliseconds, so that rows and log lines sort by the time they were made. They name things and
 * are no secrets. Safe for all threads.
 */
public final class Ids {
    private final Clock clock;

    public Ids(Clock clock) {
        this.clock = clock;
    }

    /** A fresh UUID of version 7. */
    public UUID next() {
        RandomGenerator random = ThreadLocalRandom.current();
        long high = clock.millis() << 16 | 0x7000L | random.nextInt(1 << 12);
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    public RequestId nextRequest() {
        return new RequestId(next());
    }
}
