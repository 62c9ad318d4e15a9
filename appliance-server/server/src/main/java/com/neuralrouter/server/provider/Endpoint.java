package com.neuralrouter.server.provider;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Optional;

/**
 * A provider as the inference plane knows it: immutable, a part of the published snapshot. Two are
 * equal when every component is, so a connection pool can be kept for as long as the endpoint stays
 * the same.
 *
 * @param baseUrl {@code http} or {@code https} with host, optional port and a path prefix such as
 *     {@code /v1}, no query, no user info; null for the loopback
 * @param trustedCertificates PEM of the CAs that the provider's certificate must come from; null
 *     means the runtime's
 */
public record Endpoint(
        ProviderId id,
        String name,
        ProviderKind kind,
        @Nullable URI baseUrl,
        Authentication authentication,
        @Nullable String trustedCertificates) {

    public Optional<URI> address() {
        return Optional.ofNullable(baseUrl);
    }
}
