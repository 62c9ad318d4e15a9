package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Keeps readable audit entries from being removed or erased, as long as it is not lifted. What is
 * null does not matter: a hold without any of them is on all entries.
 *
 * @param name what it is for, such as a case's number
 * @param since the earliest time of entries that it is on
 * @param until the first time of entries that it is not on
 * @param workspace a workspace's name
 * @param actor an actor's id, as in the entries
 * @param liftedAt null while it holds
 */
public record LegalHold(
        LegalHoldId id,
        String name,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String workspace,
        @Nullable String actor,
        Instant placedAt,
        @Nullable Instant liftedAt) {}
