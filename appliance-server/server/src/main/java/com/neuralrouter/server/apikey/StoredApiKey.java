package com.neuralrouter.server.apikey;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * An API key as it lies in the store: a one-way reference and what its owner knows it by.
 *
 * @param reference SHA-256 of the whole key
 */
public record StoredApiKey(
        ApiKeyId id,
        WorkspaceId workspaceId,
        String name,
        String kid,
        byte[] reference,
        String lastFour,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    public ApiKey.State state(Instant now) {
        if (revokedAt != null) {
            return ApiKey.State.REVOKED;
        }
        return expiresAt != null && !now.isBefore(expiresAt)
                ? ApiKey.State.EXPIRED
                : ApiKey.State.ACTIVE;
    }

    public ApiKey wire(Instant now, @Nullable Instant lastUsedAt) {
        return new ApiKey(
                id,
                workspaceId,
                name,
                ApiKeyFormat.prefix(kid),
                lastFour,
                state(now),
                createdAt,
                expiresAt,
                revokedAt,
                lastUsedAt);
    }

    @Override
    public String toString() {
        return "StoredApiKey[id=" + id + ", reference=redacted]";
    }
}
