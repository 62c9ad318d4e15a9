package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * An upstream service.
 *
 * @param baseUrl where it listens, as in {@code https://host:port/v1}; absent for the loopback
 */
public record Provider(
        ProviderId id,
        String name,
        ProviderKind kind,
        @Nullable String baseUrl,
        Authentication authentication,
        Instant createdAt) {

    /** Whether it wants a credential. */
    public enum Authentication {
        NONE,
        BEARER
    }
}
