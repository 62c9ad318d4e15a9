package com.neuralrouter.server.inference;

import com.neuralrouter.server.budget.Price;
import com.neuralrouter.server.budget.Reservation;
import com.neuralrouter.server.budget.Reservation.UsedUp;
import com.neuralrouter.server.limit.Hold;
import com.neuralrouter.server.usage.RequestCost;
import com.neuralrouter.server.usage.TokenCounts;

import java.util.OptionalInt;

/**
 * What one request holds of limits and has reserved of budgets, from when it was let in until it
 * has ended. Owned by the request's thread.
 */
final class Admission {
    private final Hold hold;
    private final Reservation reservation;
    private final Price most;
    private final OptionalInt outputCap;
    private final long input;
    private boolean settled;

    /**
     * @param most at what price was reserved
     * @param outputCap how many output tokens the request gets if it did not ask for a number
     * @param input how many tokens the request was estimated to have; {@link Long#MAX_VALUE} if
     *     nobody asked
     */
    Admission(Hold hold, Reservation reservation, Price most, OptionalInt outputCap, long input) {
        this.hold = hold;
        this.reservation = reservation;
        this.most = most;
        this.outputCap = outputCap;
        this.input = input;
    }

    /** Of a request that nothing limits. */
    static Admission free(OptionalInt outputCap) {
        return new Admission(
                new Hold(),
                new Reservation(Price.NOTHING),
                Price.NOTHING,
                outputCap,
                Long.MAX_VALUE);
    }

    OptionalInt outputCap() {
        return outputCap;
    }

    /** The same, with the better estimate of the input where it was not reported. */
    TokenCounts better(TokenCounts tokens) {
        return tokens.estimated() && tokens.input() > input
                ? new TokenCounts(input, tokens.output(), true)
                : tokens;
    }

    /**
     * Sees to it that an answer of that length is paid for before the app gets it. Throws {@link
     * BudgetReached}.
     */
    void cover(long outputTokens) {
        UsedUp stopped = reservation.cover(outputTokens);
        if (stopped != null) {
            throw new BudgetReached(Admissions.sentence(stopped));
        }
    }

    /**
     * Holds and reserves the same for another upstream that is asked for the same; false if limits
     * and budgets have no room for two.
     */
    boolean another() {
        if (!hold.another()) {
            return false;
        }
        if (!reservation.another()) {
            hold.noOther();
            return false;
        }
        return true;
    }

    /**
     * The request has ended; the first call counts. Who was asked as well and cut off is paid for,
     * in tokens as in money.
     */
    void settle(TokenCounts tokens, RequestCost cost) {
        if (settled) {
            return;
        }
        settled = true;
        long used = tokens.total() + cost.overtakenTokens();
        hold.settle(used);
        reservation.settle(used, cost.micros() < 0 ? most(tokens, cost) : cost.micros());
    }

    private long most(TokenCounts tokens, RequestCost cost) {
        int asked = cost.overtakenTokens() > 0 ? 2 : 1;
        return asked * most.of(tokens.input(), tokens.output());
    }
}
