package com.neuralrouter.server.snapshot;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.WorkspaceId;

import java.security.MessageDigest;

/**
 * An API key as the inference plane knows it: a one-way reference.
 *
 * @param name by which administrators know it
 * @param reference SHA-256 of the whole key
 * @param expiresAtMillis epoch milliseconds; {@link Long#MAX_VALUE} if it does not expire
 */
public record KeyEntry(
        ApiKeyId id,
        String name,
        WorkspaceId workspaceId,
        byte[] reference,
        long expiresAtMillis,
        boolean revoked) {

    /** Compares in constant time. */
    public boolean matches(byte[] sha256) {
        return MessageDigest.isEqual(reference, sha256);
    }

    @Override
    public String toString() {
        return "KeyEntry[id=" + id + ", reference=redacted]";
    }
}
