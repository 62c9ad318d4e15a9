package com.neuralrouter.server.audit.forward;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait after failures in a row: twice as long each time, up to a minute, and of that a
 * random part between half and all, so that many appliances do not come back at once. Used by one
 * thread.
 */
final class Backoff {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** A receiver that asks for a week is not obeyed: entries would be waiting all that time. */
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(15);

    private final Duration first;
    private int failures;

    Backoff(Duration first) {
        this.first = first;
    }

    void succeeded() {
        failures = 0;
    }

    /**
     * After one more failure.
     *
     * @param asked for how long the receiver wants to be left alone, at least
     */
    Duration failed(Duration asked) {
        long most = Math.min(first.toMillis() << Math.min(failures++, 20), LONGEST.toMillis());
        Duration own = Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
        Duration obeyed = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
        return own.compareTo(obeyed) > 0 ? own : obeyed.plus(own);
    }
}
