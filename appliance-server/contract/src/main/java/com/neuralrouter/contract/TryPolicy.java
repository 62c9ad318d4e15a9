package com.neuralrouter.contract;

import com.neuralrouter.contract.SiteDocument.PolicyDocument;

import org.jspecify.annotations.Nullable;

/**
 * Asks what a policy would do before it is in force.
 *
 * @param workspace whose policy it would be, by name; absent means the site's own, or an API key's
 * @param policy the policy; absent means none
 * @param days how many days of requests it is tried on, up to today; 0 means none
 * @param apiKey whose policy it would be, if it is an API key's
 */
public record TryPolicy(
        @Nullable String workspace,
        @Nullable PolicyDocument policy,
        int days,
        @Nullable ApiKeyId apiKey) {

    /** The site's, or a workspace's. */
    public TryPolicy(@Nullable String workspace, @Nullable PolicyDocument policy, int days) {
        this(workspace, policy, days, null);
    }
}
