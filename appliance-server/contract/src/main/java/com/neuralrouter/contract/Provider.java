package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * An upstream service.
 *
 * @param baseUrl where it listens, as in {@code https://host:port/v1}; absent for the loopback
 * @param jurisdiction where it is declared to be; absent if it is not
 * @param region its own name for the place; absent if not declared
 * @param trainsOnData whether it may train on what it is sent
 * @param retention how long it keeps content; absent if not declared
 * @param certificatePins how many keys its certificate may have; 0 means any
 */
public record Provider(
        ProviderId id,
        String name,
        ProviderKind kind,
        @Nullable String baseUrl,
        Authentication authentication,
        @Nullable String jurisdiction,
        @Nullable String region,
        boolean trainsOnData,
        @Nullable String retention,
        int certificatePins,
        Instant createdAt) {

    /** Whether it wants a credential, and how. */
    public enum Authentication {
        /** It wants none. */
        NONE,
        /** {@code Authorization: Bearer}. */
        BEARER,
        /** In the header that its kind has for it, as in {@code x-api-key}. */
        API_KEY,
        /** Requests are signed as Amazon wants it: the credential is an access key. */
        SIGNATURE
    }
}
