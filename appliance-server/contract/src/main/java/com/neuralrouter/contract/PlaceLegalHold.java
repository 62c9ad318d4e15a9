package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What a {@link LegalHold} shall be on. */
public record PlaceLegalHold(
        String name,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String workspace,
        @Nullable String actor) {}
