package com.neuralrouter.contract;

import com.neuralrouter.contract.SiteDocument.PolicyDocument;

import org.jspecify.annotations.Nullable;

/**
 * Puts a policy in force, as a new version.
 *
 * @param target whose
 * @param policy absent takes all rules away
 * @param note what the version is for; absent means nothing is said
 * @param base the number of the version that it was made from, 0 if there was none: another one in
 *     force by now refuses the change; absent does not ask
 */
public record SetPolicy(
        PolicyTarget target,
        @Nullable PolicyDocument policy,
        @Nullable String note,
        @Nullable Long base) {}
