package com.neuralrouter.contract;

import com.neuralrouter.contract.BudgetDocument.Per;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * How much of a budget is spent in the time that is running.
 *
 * @param workspace its name; absent for the site
 * @param key the name of the API key; absent for the site and for a workspace
 * @param began when the time began; for a total, when the budget was made
 * @param ends when it is whole again; absent for a total
 * @param money in millionths of the site's currency; absent if money does not matter
 * @param tokens absent if tokens do not matter
 */
public record BudgetStatus(
        LimitLevel level,
        @Nullable String workspace,
        @Nullable String key,
        String name,
        Per per,
        Instant began,
        @Nullable Instant ends,
        @Nullable Spent money,
        @Nullable Spent tokens) {

    /**
     * @param limit what may be spent
     * @param spent by requests that have ended
     * @param reserved for requests under way
     */
    public record Spent(long limit, long spent, long reserved) {}
}
