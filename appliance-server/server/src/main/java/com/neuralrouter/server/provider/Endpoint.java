package com.neuralrouter.server.provider;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.server.policy.Destination;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * A provider as the inference plane knows it: immutable, a part of the published snapshot. Two are
 * equal when every component is, so a connection pool can be kept for as long as the endpoint stays
 * the same.
 *
 * @param baseUrl {@code http} or {@code https} with host, optional port and a path prefix such as
 *     {@code /v1}, no query, no user info; null for the loopback
 * @param trustedCertificates PEM of the CAs that the provider's certificate must come from; null
 *     means the runtime's
 * @param destination where it is, as far as policies ask
 * @param pins the keys one of which its certificate must have: SHA-256 of the SubjectPublicKeyInfo,
 *     Base64 (as in RFC 7469, section 2.4); empty means any key
 * @param options how it differs from others of its kind
 */
public record Endpoint(
        ProviderId id,
        String name,
        ProviderKind kind,
        @Nullable URI baseUrl,
        Authentication authentication,
        @Nullable String trustedCertificates,
        Destination destination,
        Set<String> pins,
        Options options) {

    public Endpoint {
        pins = Set.copyOf(pins);
    }

    /**
     * How an endpoint differs from others of its kind.
     *
     * @param operations what it serves in the app's own format beside what its kind does
     * @param apiVersion of Azure's API, as in {@code 2024-10-21}; {@code preview} is that of v1,
     *     and empty means v1, which has none
     * @param patience how long it may take
     */
    public record Options(Set<Operation> operations, String apiVersion, Patience patience) {
        /** It does not. */
        public static final Options NONE = new Options(Set.of(), "");

        public Options {
            operations = Set.copyOf(operations);
        }

        /** With as much time as any other. */
        public Options(Set<Operation> operations, String apiVersion) {
            this(operations, apiVersion, Patience.USUAL);
        }
    }

    /**
     * How long an endpoint may take, where the site declares it; 0 means what the appliance's own
     * configuration says.
     *
     * @param connectMillis from looking the host up to the end of the TLS handshake
     * @param firstByteMillis from sending a request to the end of the answer's head
     * @param betweenBytesMillis between two pieces of the body
     */
    public record Patience(int connectMillis, int firstByteMillis, int betweenBytesMillis) {
        /** As much as any other. */
        public static final Patience USUAL = new Patience(0, 0, 0);

        static Patience of(@Nullable ServiceDocument service) {
            return service == null
                    ? USUAL
                    : new Patience(
                            orUsual(service.connectMillis()),
                            orUsual(service.firstByteMillis()),
                            orUsual(service.betweenBytesMillis()));
        }

        private static int orUsual(@Nullable Integer millis) {
            return millis == null ? 0 : millis;
        }
    }

    /** One of which nothing is declared, with any key, that is as others of its kind. */
    public Endpoint(
            ProviderId id,
            String name,
            ProviderKind kind,
            @Nullable URI baseUrl,
            Authentication authentication,
            @Nullable String trustedCertificates) {
        this(
                id,
                name,
                kind,
                baseUrl,
                authentication,
                trustedCertificates,
                Destination.undeclared(name),
                Set.of(),
                Options.NONE);
    }

    public Optional<URI> address() {
        return Optional.ofNullable(baseUrl);
    }
}
