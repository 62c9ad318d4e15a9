package com.neuralrouter.contract;

import com.neuralrouter.contract.SiteDocument.PolicyDocument;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * An API key that there shall be; it is created when there is no active one of that name.
 *
 * @param expiresAt null makes a new key that never expires, and leaves one that is there as it is
 * @param policy the key's own rules; absent means none
 * @param limits of the requests with keys of that name in the workspace; absent means none
 * @param budgets of the same requests; absent means none
 */
public record ApiKeyDocument(
        String name,
        @Nullable Instant expiresAt,
        @Nullable PolicyDocument policy,
        @Nullable LimitsDocument limits,
        @Nullable List<BudgetDocument> budgets) {
    public ApiKeyDocument {
        budgets = budgets == null ? null : List.copyOf(budgets);
    }

    /** One without limits and budgets. */
    public ApiKeyDocument(
            String name, @Nullable Instant expiresAt, @Nullable PolicyDocument policy) {
        this(name, expiresAt, policy, null, null);
    }
}
