package com.neuralrouter.server.limit;

import com.neuralrouter.server.limit.Meter.Full;
import com.neuralrouter.server.limit.Meter.Held;
import com.neuralrouter.server.limit.Meter.Reading;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What one request holds of the limits that it must keep to: all of them or nothing. It is given
 * back once, when the request has ended. Used by the request's thread.
 */
public final class Hold {
    /** Of a request that says nothing about how long the answer may be. */
    private static final long USUAL_OUTPUT = 512;

    /** What may be asked for at a time, of who asked for no number. */
    private static final int SHARE = 4;

    /** There is no telling when a place becomes free. */
    private static final long ASK_AGAIN_MILLIS = 1_000;

    private final List<Taken> taken = new ArrayList<>(4);
    private @Nullable Reading requests;
    private @Nullable Reading tokens;

    /** What is held of one limit. */
    private record Taken(
            @Nullable Meter meter, boolean counted, long held, @Nullable Places places) {

        /** Of tokens; null where it is of something else. */
        @Nullable Meter counting() {
            return counted ? meter : null;
        }

        Taken holding(long tokens) {
            return counted ? new Taken(meter, true, tokens, places) : this;
        }
    }

    /** How many tokens a request may need. */
    public record Need(long input, long output, boolean outputKnown) {}

    /**
     * There is no room.
     *
     * @param what as in {@code requests per minute}
     * @param retryMillis {@link Long#MAX_VALUE} if there never will be
     */
    public record NoRoom(Subject subject, String what, long limit, long retryMillis) {}

    /** Takes what the request needs; null if it got it all. */
    public @Nullable NoRoom take(List<Limits> limits, Need need) {
        for (Limits each : limits) {
            NoRoom none = take(each, need);
            if (none != null) {
                giveBack();
                return none;
            }
        }
        return null;
    }

    private @Nullable NoRoom take(Limits limits, Need need) {
        Places places = limits.places();
        if (places != null) {
            if (!places.take()) {
                return new NoRoom(
                        limits.subject(), "requests under way", places.limit(), ASK_AGAIN_MILLIS);
            }
            taken.add(new Taken(null, false, 0, places));
        }
        Meter asked = limits.requests();
        if (asked != null) {
            switch (asked.hold(1)) {
                case Held held -> {
                    taken.add(new Taken(asked, false, 1, null));
                    requests = tighter(requests, held.reading());
                }
                case Full full -> {
                    requests = full.reading();
                    return noRoom(limits, "requests per minute", full);
                }
            }
        }
        Meter said = limits.tokens();
        if (said != null) {
            long held = need.input() + output(said, need);
            switch (said.hold(held)) {
                case Held good -> {
                    taken.add(new Taken(said, true, held, null));
                    tokens = tighter(tokens, good.reading());
                }
                case Full full -> {
                    tokens = full.reading();
                    return noRoom(limits, "tokens per minute", full);
                }
            }
        }
        return null;
    }

    private static long output(Meter meter, Need need) {
        return need.outputKnown()
                ? need.output()
                : Math.min(USUAL_OUTPUT, meter.perMinute() / SHARE);
    }

    private static NoRoom noRoom(Limits limits, String what, Full full) {
        return new NoRoom(
                limits.subject(),
                what,
                full.reading().perMinute(),
                full.retryNanos() == Long.MAX_VALUE
                        ? Long.MAX_VALUE
                        : (full.retryNanos() + 999_999) / 1_000_000);
    }

    private static Reading tighter(@Nullable Reading one, Reading other) {
        return one == null || other.remaining() < one.remaining() ? other : one;
    }

    /** Of the limit on requests that leaves the least room; null if there is none. */
    public @Nullable Reading requests() {
        return requests;
    }

    /** Of the limit on tokens that leaves the least room; null if there is none. */
    public @Nullable Reading tokens() {
        return tokens;
    }

    /**
     * Holds as many tokens again for another upstream that is asked for the same; false, and all is
     * as it was, if there is no room. It stays one request.
     */
    public boolean another() {
        for (int i = 0; i < taken.size(); i++) {
            Meter meter = taken.get(i).counting();
            if (meter != null && meter.hold(taken.get(i).held()) instanceof Full) {
                taken.subList(0, i).forEach(Hold::giveBackOnce);
                return false;
            }
        }
        taken.replaceAll(each -> each.holding(2 * each.held()));
        return true;
    }

    /** There is no other upstream after all. */
    public void noOther() {
        taken.replaceAll(each -> each.holding(each.held() / 2));
        taken.forEach(Hold::giveBackOnce);
    }

    private static void giveBackOnce(Taken each) {
        Meter meter = each.counting();
        if (meter != null) {
            meter.settle(each.held(), 0);
        }
    }

    /**
     * The request has ended: it counts, and so do the tokens that it used. The first call counts.
     */
    public void settle(long usedTokens) {
        for (Taken each : taken) {
            if (each.meter() != null) {
                each.meter().settle(each.held(), each.counted() ? usedTokens : each.held());
            }
            free(each);
        }
        taken.clear();
    }

    /** The request was refused after all: as if it had never been. */
    public void giveBack() {
        for (Taken each : taken) {
            if (each.meter() != null) {
                each.meter().settle(each.held(), 0);
            }
            free(each);
        }
        taken.clear();
    }

    private static void free(Taken each) {
        if (each.places() != null) {
            each.places().giveBack();
        }
    }
}
