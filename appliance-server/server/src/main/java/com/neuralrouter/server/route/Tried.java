package com.neuralrouter.server.route;

import com.neuralrouter.server.provider.Connection;

/**
 * What came of one step of a plan. Names and times only, no content.
 *
 * @param at microseconds from the plan to the step's beginning
 * @param micros how long it took until the answer began or it failed
 * @param result in words
 * @param connection that it went over, the time for which is a part of {@code micros}
 */
public record Tried(
        Attempt attempt,
        Outcome outcome,
        long at,
        long micros,
        String result,
        Connection connection) {

    /** It was asked and answered. */
    static Tried answered(Attempt attempt, long at, long micros, Connection connection) {
        return new Tried(attempt, Outcome.ANSWERED, at, micros, "it answered", connection);
    }

    /** What came of it, in one word. */
    public enum Outcome {
        /** It answered. */
        ANSWERED,
        /** It was asked and failed. */
        FAILED,
        /** It was asked, and another one that was asked as well answered first. */
        OVERTAKEN,
        /** It was not asked: it has enough to do. */
        BUSY,
        /** It was not asked: it can't serve this request. */
        UNSUITABLE,
        /**
         * It was not asked: too many requests have needed another attempt of late, or limits and
         * budgets have no room for two at once.
         */
        NO_BUDGET
    }
}
