package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * Approves, rejects or withdraws a proposed change.
 *
 * @param hash of the proposal that was looked at, as {@link Approval#hash} has it: another one is
 *     refused
 * @param note why; absent means nothing is said
 */
public record DecideApproval(String hash, @Nullable String note) {}
