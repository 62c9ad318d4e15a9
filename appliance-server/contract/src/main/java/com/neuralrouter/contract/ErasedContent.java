package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What an erasure came to.
 *
 * @param requests of how many requests the content was erased
 * @param lastBackupExpiresAt when the last backup of the keys expires that could still open it;
 *     null if none could
 */
public record ErasedContent(long requests, @Nullable Instant lastBackupExpiresAt) {}
