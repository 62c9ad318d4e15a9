package com.neuralrouter.server.device;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;

/**
 * How often one address may try to enrol: each attempt is a durable audit entry, and strangers must
 * not be able to fill the disk with them. Remembers as many addresses as {@link #ADDRESSES}; when
 * there are more, the one that began longest ago is forgotten. Safe for all threads.
 */
public final class EnrolmentRate {
    static final int ATTEMPTS = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int ADDRESSES = 1_000;

    private final Clock clock;

    /** By address, in the order of their first attempt. Guarded by this. */
    private final LinkedHashMap<String, Window> windows = new LinkedHashMap<>();

    private record Window(Instant began, int attempts) {
        boolean holds(Instant now) {
            // A clock that was set back must not lock anybody out until it has caught up.
            return !now.isBefore(began) && now.isBefore(began.plus(WINDOW));
        }
    }

    public EnrolmentRate(Clock clock) {
        this.clock = clock;
    }

    /** Counts an attempt and tells whether it may go on. */
    synchronized boolean admits(String address) {
        Instant now = clock.instant();
        windows.values().removeIf(window -> !window.holds(now));
        Window window = windows.getOrDefault(address, new Window(now, 0));
        windows.put(address, new Window(window.began(), window.attempts() + 1));
        if (windows.size() > ADDRESSES) {
            windows.pollFirstEntry();
        }
        return window.attempts() < ATTEMPTS;
    }
}
