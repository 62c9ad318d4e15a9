package com.neuralrouter.contract;

import com.neuralrouter.contract.SiteDocument.PolicyDocument;

import org.jspecify.annotations.Nullable;

/**
 * Asks what a policy would do before it is in force.
 *
 * @param workspace whose policy it would be; absent means the site's own
 * @param policy the policy; absent means none
 * @param days how many days of requests it is tried on, up to today; 0 means none
 */
public record TryPolicy(@Nullable String workspace, @Nullable PolicyDocument policy, int days) {}
