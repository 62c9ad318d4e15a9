package com.neuralrouter.server.limit;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * One limit per minute, as a leaky bucket that is used as a meter: the virtual scheduling algorithm
 * of ITU-T Recommendation I.371, known as GCRA. The bucket holds a minute's worth; what is in it
 * leaks evenly, so that after a minute of silence a whole minute's worth may be asked for at once.
 *
 * <p>A request holds what it will need at the most before it goes anywhere. What is held takes up
 * room but does not leak; when it is known what was used, that much is poured in and the rest is
 * given up. So whatever a burst holds, no more than a minute's worth plus what has leaked is ever
 * used, as long as nobody uses more than they hold. Safe for all threads, without a lock: all state
 * is one value, replaced by compare-and-swap.
 */
public final class Meter {
    static final long MINUTE = 60_000_000_000L;

    /**
     * What many roundings may come to, a millionth of a second: less than one unit of any limit
     * below sixty million, and less than two in a hundred million of a greater one.
     */
    private static final long SLACK = 1_000;

    /** Nobody holds more. */
    private static final long MOST = 1L << 40;

    private final LongSupplier nanos;
    private final AtomicReference<State> state;
    private volatile long perMinute;

    /**
     * @param empty the theoretical arrival time of I.371: when the bucket will have leaked out
     * @param held by requests under way, in the limit's own units
     */
    private record State(long empty, long held) {}

    /** What came of the wish to hold. */
    public sealed interface Answer {}

    /** It is held. */
    public record Held(Reading reading) implements Answer {}

    /**
     * It is not.
     *
     * @param retryNanos after which there may be room; {@link Long#MAX_VALUE} if there never is
     */
    public record Full(Reading reading, long retryNanos) implements Answer {}

    /**
     * How full it is.
     *
     * @param remaining what could be held
     * @param resetNanos after which all of it could
     */
    public record Reading(long perMinute, long remaining, long resetNanos) {}

    /**
     * @param nanos a clock that nobody can set, as {@link System#nanoTime}
     */
    Meter(long perMinute, LongSupplier nanos) {
        this.nanos = nanos;
        this.perMinute = perMinute;
        this.state = new AtomicReference<>(new State(nanos.getAsLong(), 0));
    }

    /** The limit is another one now; the share of it that is used stays. */
    void allow(long now) {
        perMinute = now;
    }

    public long perMinute() {
        return perMinute;
    }

    /** Holds that much, or nothing. */
    public Answer hold(long wanted) {
        long limit = perMinute;
        while (true) {
            long now = nanos.getAsLong();
            State before = state.get();
            long over = used(before, now) + time(before.held(), limit) + time(wanted, limit);
            if (over > MINUTE + SLACK) {
                return new Full(
                        reading(before, now, limit),
                        wanted > limit ? Long.MAX_VALUE : over - MINUTE);
            }
            var after = new State(before.empty(), before.held() + wanted);
            if (state.compareAndSet(before, after)) {
                return new Held(reading(after, now, limit));
            }
        }
    }

    /** What was held is given up; what was used of it, or beyond it, is poured in. */
    public void settle(long held, long used) {
        long limit = perMinute;
        while (true) {
            long now = nanos.getAsLong();
            State before = state.get();
            long empty = used == 0 ? before.empty() : Math.max(before.empty() - now, 0) + now;
            var after = new State(empty + time(used, limit), before.held() - held);
            if (state.compareAndSet(before, after)) {
                return;
            }
        }
    }

    public Reading reading() {
        return reading(state.get(), nanos.getAsLong(), perMinute);
    }

    private static Reading reading(State state, long now, long limit) {
        long taken = used(state, now) + time(state.held(), limit);
        return new Reading(limit, units(Math.max(0, MINUTE + SLACK - taken), limit), taken);
    }

    private static long used(State state, long now) {
        return Math.max(0, state.empty() - now);
    }

    /** For how long that many fill the bucket, rounded up: never is more let through. */
    private static long time(long units, long limit) {
        return (long) Math.ceil(MINUTE / (double) limit * Math.min(units, MOST));
    }

    private static long units(long time, long limit) {
        return (long) (time / (double) MINUTE * limit);
    }
}
