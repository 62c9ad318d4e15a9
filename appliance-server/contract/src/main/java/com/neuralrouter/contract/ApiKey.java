package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * An API key as it can be shown again and again: never the key itself.
 *
 * @param prefix the public beginning of the key, by which its owner recognises it
 * @param lastFour the last four characters of its secret part
 * @param lastUsedAt when a request last came with it, to within a minute; absent if none ever did
 */
public record ApiKey(
        ApiKeyId id,
        WorkspaceId workspaceId,
        String name,
        String prefix,
        String lastFour,
        State state,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {

    /** Whether requests with it are served. */
    public enum State {
        ACTIVE,
        EXPIRED,
        REVOKED
    }
}
