package com.neuralrouter.contract;

import java.time.Instant;

/**
 * A workspace's credential for a provider as it can be shown: its last four characters, never more.
 */
public record Credential(
        CredentialId id,
        WorkspaceId workspaceId,
        ProviderId providerId,
        String providerName,
        String label,
        String lastFour,
        Instant createdAt,
        Instant changedAt) {}
