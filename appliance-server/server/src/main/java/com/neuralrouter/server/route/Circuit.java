package com.neuralrouter.server.route;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The circuit breaker of one upstream. After a lasting failure the others come first for 1 s, then
 * 2 s, up to 30 s, or as long as the upstream asked for, up to 60 s. After {@link #OPENS_AFTER}
 * failures in a row the circuit is open: the upstream is not asked at all until that time is over.
 * Then it is half-open: one request finds out whether it is back, while the rest still go elsewhere
 * for as long again. The first success closes it. Safe for all threads, without locks.
 */
final class Circuit {
    static final int OPENS_AFTER = 5;

    private static final long FIRST_COOL_DOWN_MILLIS = 1_000;
    private static final long LONGEST_COOL_DOWN_MILLIS = 30_000;
    private static final long LONGEST_WISH_MILLIS = 60_000;
    private static final int MOST_DOUBLINGS = 5;

    /** What it says about asking the upstream. */
    enum Position {
        /** Nothing speaks against it. */
        CLOSED,
        /** It failed a moment ago: the others first. */
        FAILING,
        /** It fails again and again: not now. */
        OPEN,
        /** The time is over: one request may find out. */
        DUE
    }

    /**
     * @param failures how often it was found failing, 0 if the last attempt succeeded
     * @param inARow how many attempts have failed since the last success, those that one
     *     workspace's credential or account made fail aside
     * @param coolDownMillis how long the others come first
     * @param triedAgainAt epoch milliseconds of the next trial
     * @param trying whether a trial is under way
     */
    private record Course(
            int failures, int inARow, long coolDownMillis, long triedAgainAt, boolean trying) {
        static final Course GOOD = new Course(0, 0, 0, 0, false);

        Course worse(long now, long wishMillis, boolean opens) {
            long wish = Math.min(wishMillis, LONGEST_WISH_MILLIS);
            int more = Math.min(inARow + (opens ? 1 : 0), 1_000_000);
            if (failures > 0 && !trying && !due(now)) {
                // One of the many requests that were under way when it went down: known already.
                return new Course(
                        failures, more, coolDownMillis, Math.max(triedAgainAt, now + wish), false);
            }
            int doublings = Math.min(failures, MOST_DOUBLINGS);
            long coolDown = Math.min(FIRST_COOL_DOWN_MILLIS << doublings, LONGEST_COOL_DOWN_MILLIS);
            long longer = Math.max(coolDown, wish);
            return new Course(doublings + 1, more, longer, now + longer, false);
        }

        /** The time is over, or the clock was set back by more than any cool-down lasts. */
        boolean due(long now) {
            return now >= triedAgainAt || triedAgainAt - now > LONGEST_WISH_MILLIS;
        }

        Course tried(long now) {
            return new Course(failures, inARow, coolDownMillis, now + coolDownMillis, true);
        }
    }

    private final AtomicReference<Course> course = new AtomicReference<>(Course.GOOD);

    void close() {
        if (course.get() != Course.GOOD) {
            course.set(Course.GOOD);
        }
    }

    /**
     * @param wishMillis for how long it asks to be left alone
     * @param opens whether it counts towards opening the circuit
     */
    void failed(long now, long wishMillis, boolean opens) {
        course.updateAndGet(before -> before.worse(now, wishMillis, opens));
    }

    Position position(long now) {
        Course current = course.get();
        if (current.failures() == 0) {
            return Position.CLOSED;
        }
        if (current.due(now)) {
            return Position.DUE;
        }
        return current.inARow() >= OPENS_AFTER ? Position.OPEN : Position.FAILING;
    }

    /** Takes the chance to find out whether it is back; one caller in each cool-down gets it. */
    boolean tryNow(long now) {
        Course current = course.get();
        return current.failures() > 0
                && current.due(now)
                && course.compareAndSet(current, current.tried(now));
    }

    /**
     * Takes the chance although the time is not over, because there is nobody else to ask; one
     * caller at a time gets it.
     */
    boolean tryAsLastResort(long now) {
        Course current = course.get();
        return current.failures() > 0
                && (!current.trying() || current.due(now))
                && course.compareAndSet(current, current.tried(now));
    }

    /** Whether the last attempts failed. */
    boolean failing() {
        return course.get().failures() > 0;
    }

    /** How many attempts have failed since the last success. */
    int failuresInARow() {
        return course.get().inARow();
    }

    /** Milliseconds until it is tried again; 0 if it may be now. */
    long waitMillis(long now) {
        Course current = course.get();
        return current.failures() == 0 || current.due(now) ? 0 : current.triedAgainAt() - now;
    }
}
