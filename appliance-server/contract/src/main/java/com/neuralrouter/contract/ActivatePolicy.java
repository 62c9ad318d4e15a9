package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * Goes back to an older version of a policy, in one step: its rules become a new version.
 *
 * @param number the version to go back to
 * @param note why; absent means nothing is said
 */
public record ActivatePolicy(PolicyTarget target, long number, @Nullable String note) {}
