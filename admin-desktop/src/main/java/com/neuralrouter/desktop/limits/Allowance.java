package com.neuralrouter.desktop.limits;

import com.neuralrouter.contract.BudgetStatus;
import com.neuralrouter.contract.BudgetStatus.Spent;
import com.neuralrouter.contract.LimitLevel;
import com.neuralrouter.contract.LimitStatus;
import com.neuralrouter.contract.LimitStatus.Concurrent;
import com.neuralrouter.contract.LimitStatus.Rate;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One measure of one limit or budget, and how much of it is used.
 *
 * @param workspace empty for the site and a route
 * @param name of the key or the route; empty for the site and a workspace
 * @param budget the budget's name; empty for a limit
 * @param used with what is reserved for requests under way
 * @param ends when a budget is whole again
 */
record Allowance(
        LimitLevel level,
        String workspace,
        String name,
        String budget,
        Kind kind,
        long limit,
        long used,
        Optional<Instant> ends) {
    /** From which share on somebody should look, in percent. */
    private static final int NEARLY = 80;

    private static final int WHOLE = 100;

    /** What is measured. */
    enum Kind {
        /** Per minute. */
        REQUESTS,
        /** Per minute, input and output together. */
        TOKENS,
        /** At a time. */
        CONCURRENT,
        /** In millionths of the site's currency. */
        BUDGET_MONEY,
        BUDGET_TOKENS
    }

    /** How full it is. */
    enum Standing {
        FREE,
        NEARLY,
        USED_UP
    }

    static List<Allowance> of(LimitStatus status) {
        var all = new ArrayList<Allowance>();
        add(all, status, Kind.REQUESTS, status.requests());
        add(all, status, Kind.TOKENS, status.tokens());
        Concurrent concurrent = status.concurrent();
        if (concurrent != null) {
            all.add(limit(status, Kind.CONCURRENT, concurrent.limit(), concurrent.underWay()));
        }
        return all;
    }

    private static void add(
            List<Allowance> all, LimitStatus status, Kind kind, @Nullable Rate rate) {
        if (rate != null) {
            all.add(limit(status, kind, rate.perMinute(), rate.perMinute() - rate.remaining()));
        }
    }

    private static Allowance limit(LimitStatus status, Kind kind, long limit, long used) {
        return new Allowance(
                status.level(),
                orEmpty(status.workspace()),
                orEmpty(status.name()),
                "",
                kind,
                limit,
                used,
                Optional.empty());
    }

    static List<Allowance> of(BudgetStatus status) {
        var all = new ArrayList<Allowance>();
        add(all, status, Kind.BUDGET_MONEY, status.money());
        add(all, status, Kind.BUDGET_TOKENS, status.tokens());
        return all;
    }

    private static void add(
            List<Allowance> all, BudgetStatus status, Kind kind, @Nullable Spent spent) {
        if (spent != null) {
            all.add(
                    new Allowance(
                            status.level(),
                            orEmpty(status.workspace()),
                            orEmpty(status.key()),
                            status.name(),
                            kind,
                            spent.limit(),
                            spent.spent() + spent.reserved(),
                            Optional.ofNullable(status.ends())));
        }
    }

    /** How much of it is used, in percent; more than 100 where a request under way went over. */
    int percent() {
        return limit == 0 ? WHOLE : (int) Math.min(Integer.MAX_VALUE, used * WHOLE / limit);
    }

    Standing standing() {
        int percent = percent();
        if (percent >= WHOLE) {
            return Standing.USED_UP;
        }
        return percent >= NEARLY ? Standing.NEARLY : Standing.FREE;
    }

    /** By what it is known again. */
    String key() {
        return String.join("/", level.name(), workspace, name, budget, kind.name());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
