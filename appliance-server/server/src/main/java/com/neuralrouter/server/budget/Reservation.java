package com.neuralrouter.server.budget;

import com.neuralrouter.server.budget.Account.Window;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What one request has reserved of the budgets that it is charged to: all of them or nothing. A
 * stream reserves more as it goes and ends where nothing is left. Settled once, when the request
 * has ended. Used by the request's thread.
 */
public final class Reservation {
    /** As many tokens a stream reserves ahead, if there are that many. */
    private static final long AHEAD = 256;

    private final Price price;
    private final List<Charged> charged = new ArrayList<>(3);
    private long input;
    private long output;

    /** How many upstreams are asked for the same. */
    private int times = 1;

    /** What is reserved of one budget; owned by the reservation. */
    private static final class Charged {
        final Account account;
        final Window window;
        long money;
        long tokens;

        Charged(Account account, Window window) {
            this.account = account;
            this.window = window;
        }
    }

    /** Which budget has too little left. */
    private record TooShort(Charged by, boolean money) {}

    /**
     * A budget has too little left.
     *
     * @param resetsMillis when it is whole again, epoch milliseconds; {@link Long#MAX_VALUE} for
     *     never
     */
    public record UsedUp(Account account, boolean money, long resetsMillis) {}

    /**
     * @param price at which the request is charged at the most
     */
    public Reservation(Price price) {
        this.price = price;
    }

    /** Names the budgets that the request is charged to, by the time at which it began. */
    public void charge(List<Account> accounts, long beganMillis) {
        accounts.forEach(each -> charged.add(new Charged(each, each.at(beganMillis))));
    }

    /** Whether the request is charged to any budget. */
    public boolean counts() {
        return !charged.isEmpty();
    }

    /** Whether a budget in money is among them. */
    public boolean countsMoney() {
        return charged.stream().anyMatch(each -> each.account.terms().money() != Terms.ANY);
    }

    /** How many tokens the answer to a request of that size may have. */
    public long affordable(long inputTokens) {
        long least = Long.MAX_VALUE;
        long cost = price.of(inputTokens, 0);
        for (Charged each : charged) {
            Terms terms = each.account.terms();
            if (terms.tokens() != Terms.ANY) {
                least = Math.min(least, each.window.tokens.left(terms.tokens()) - inputTokens);
            }
            if (terms.money() != Terms.ANY) {
                long left = each.window.money.left(terms.money()) - cost;
                least = Math.min(least, left < 0 ? left : price.outputFor(left));
            }
        }
        return least;
    }

    /** Reserves what the request needs at first; null if it got it. */
    public @Nullable UsedUp open(long inputTokens, long outputTokens) {
        input = inputTokens;
        TooShort stopped = reserve(outputTokens);
        if (stopped == null) {
            return null;
        }
        charged.clear();
        return usedUp(stopped);
    }

    /**
     * Sees to it that an answer of that length is reserved, and a little more. What comes back says
     * that it can't be: then the answer must not go on.
     */
    public @Nullable UsedUp cover(long outputTokens) {
        if (charged.isEmpty() || outputTokens <= output || reserve(outputTokens + AHEAD) == null) {
            return null;
        }
        TooShort stopped = reserve(outputTokens);
        return stopped == null ? null : usedUp(stopped);
    }

    /**
     * Reserves the same for another upstream that is asked for the same; false, and all is as it
     * was, if that can't be.
     */
    public boolean another() {
        times++;
        if (reserve(output) == null) {
            return true;
        }
        times--;
        return false;
    }

    /** The request has ended, and this is what it came to. The first call counts. */
    public void settle(long tokens, long micros) {
        for (Charged each : charged) {
            each.window.tokens.settle(each.tokens, tokens);
            each.window.money.settle(each.money, micros);
        }
        charged.clear();
    }

    /** Reserves so much in all of them, or leaves all as it is and tells which is too short. */
    private @Nullable TooShort reserve(long outputTokens) {
        long money = times * price.of(input, outputTokens);
        long tokens = times * (input + outputTokens);
        for (int i = 0; i < charged.size(); i++) {
            Charged each = charged.get(i);
            Terms terms = each.account.terms();
            boolean enough = each.window.tokens.reserve(tokens - each.tokens, terms.tokens());
            if (enough && each.window.money.reserve(money - each.money, terms.money())) {
                continue;
            }
            if (enough) {
                each.window.tokens.settle(tokens - each.tokens, 0);
            }
            for (Charged before : charged.subList(0, i)) {
                before.window.tokens.settle(tokens - before.tokens, 0);
                before.window.money.settle(money - before.money, 0);
            }
            return new TooShort(each, enough);
        }
        for (Charged each : charged) {
            each.money = money;
            each.tokens = tokens;
        }
        output = outputTokens;
        return null;
    }

    private static UsedUp usedUp(TooShort stopped) {
        Charged by = stopped.by();
        by.window.usedUp = true;
        return new UsedUp(by.account, stopped.money(), by.window.span.ends());
    }
}
