package com.neuralrouter.server.provider;

import static java.util.Map.entry;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Names;
import com.neuralrouter.server.approval.Consent;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is done to providers, each time as a part of a transaction that applies a site's document.
 * Safe for all threads.
 */
public final class ProviderCommands {
    private static final int URL = 2000;
    private static final int TRUSTED = 200_000;

    private static final ProviderId NOBODY = new ProviderId(new UUID(0, 0));

    private final ProviderStore store;
    private final Set<ProviderKind> kinds;
    private final Ids ids;
    private final Clock clock;

    /**
     * @param kinds those that there is an adapter for
     */
    public ProviderCommands(ProviderStore store, Set<ProviderKind> kinds, Ids ids, Clock clock) {
        this.store = store;
        this.kinds = Set.copyOf(kinds);
        this.ids = ids;
        this.clock = clock;
    }

    /** Throws {@link AdminRefused} when the name is taken or a field can't be used. */
    public Audited<StoredProvider> createIn(Tx tx, ProviderDocument wanted, Consent consent) {
        Names.demandName("name", wanted.name());
        if (store.byName(tx, wanted.name()).isPresent()) {
            throw AdminRefused.nameTaken("provider", wanted.name());
        }
        var provider =
                new StoredProvider(
                        endpoint(new ProviderId(ids.next()), wanted),
                        service(wanted),
                        Columns.now(clock));
        store.insert(tx, provider);
        return Audited.of(
                provider, event("provider.created", provider.endpoint()).with(consent.details()));
    }

    /** Makes it what the document says; its name stays. */
    public Audited<StoredProvider> updateIn(
            Tx tx, ProviderId id, ProviderDocument wanted, Consent consent) {
        StoredProvider before = demand(tx, id);
        Endpoint endpoint = endpoint(id, wanted);
        if (!endpoint.name().equals(before.endpoint().name())) {
            throw AdminRefused.field("name", "can't be changed");
        }
        var after = new StoredProvider(endpoint, service(wanted), before.createdAt());
        store.update(tx, after);
        return Audited.of(after, event("provider.changed", endpoint).with(consent.details()));
    }

    /**
     * Removes it. While a route leads to it or a credential is for it, the store refuses, and the
     * whole transaction ends with {@code in_use}.
     */
    public Audited<ProviderId> deleteIn(Tx tx, ProviderId id) {
        StoredProvider before = demand(tx, id);
        store.delete(tx, id);
        return Audited.of(id, event("provider.removed", before.endpoint()));
    }

    /** Throws {@link AdminRefused} for a document that no provider can be made of. */
    public void demandUsable(ProviderDocument wanted) {
        Names.demandName("name", wanted.name());
        service(wanted);
        endpoint(NOBODY, wanted);
    }

    private StoredProvider demand(Tx tx, ProviderId id) {
        return store.find(tx, id).orElseThrow(() -> AdminRefused.notFound("provider", id));
    }

    private static @Nullable ServiceDocument service(ProviderDocument wanted) {
        ServiceDocument service = wanted.service();
        if (service != null) {
            ServiceChecks.wrong(
                    service,
                    (field, message) -> {
                        throw AdminRefused.field("service." + field, message);
                    });
        }
        return service;
    }

    /** What a document states, checked, with what it leaves out filled in. */
    private Endpoint endpoint(ProviderId id, ProviderDocument wanted) {
        if (!kinds.contains(wanted.kind())) {
            throw AdminRefused.field("kind", "is one that this version has no adapter for");
        }
        for (FieldError wrong : ProviderRules.errors(wanted)) {
            throw AdminRefused.field(wrong.field(), wrong.message());
        }
        return new Endpoint(
                id,
                wanted.name(),
                wanted.kind(),
                baseUrl(wanted),
                ProviderRules.authentication(wanted),
                trusted(wanted.trustedCertificates()),
                Declarations.destination(wanted),
                Declarations.pins(wanted),
                ProviderRules.options(wanted));
    }

    private static @Nullable URI baseUrl(ProviderDocument wanted) {
        @Nullable String text = wanted.baseUrl();
        return switch (wanted.kind()) {
            case LOOPBACK -> {
                if (text != null) {
                    throw AdminRefused.field("baseUrl", "must be absent: the loopback is built in");
                }
                yield null;
            }
            case OPENAI, ANTHROPIC, AZURE, GEMINI, BEDROCK, OLLAMA, COHERE -> {
                if (text == null) {
                    throw AdminRefused.field("baseUrl", "is missing");
                }
                yield httpUrl(text);
            }
        };
    }

    private static URI httpUrl(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException _) {
            throw AdminRefused.field("baseUrl", "is not a URL");
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw AdminRefused.field("baseUrl", "must begin with http:// or https://");
        }
        if (url.getHost() == null || text.length() > URL) {
            throw AdminRefused.field(
                    "baseUrl", "must have a host and at most " + URL + " characters");
        }
        if (url.getRawUserInfo() != null) {
            throw AdminRefused.field(
                    "baseUrl", "must not carry a user or password; put a credential instead");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw AdminRefused.field("baseUrl", "must not have a query or a fragment");
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            throw AdminRefused.field("baseUrl", "must have a port of 1 to 65535");
        }
        return url;
    }

    private static @Nullable String trusted(@Nullable String pem) {
        if (pem == null) {
            return null;
        }
        try {
            boolean none =
                    pem.length() > TRUSTED
                            || CertificateFactory.getInstance("X.509")
                                    .generateCertificates(
                                            new ByteArrayInputStream(
                                                    pem.getBytes(StandardCharsets.US_ASCII)))
                                    .isEmpty();
            if (!none) {
                return pem;
            }
        } catch (CertificateException _) {
            // Refused below: what the parser says helps nobody who looks at PEM.
        }
        throw AdminRefused.field("trustedCertificates", "must be certificates in PEM");
    }

    private static AuditEvent event(String action, Endpoint endpoint) {
        return AuditEvent.done(
                action,
                "provider/" + endpoint.id(),
                Map.ofEntries(
                        entry("name", endpoint.name()),
                        entry("kind", endpoint.kind().name()),
                        entry("baseUrl", endpoint.address().map(URI::toString).orElse("")),
                        entry("authentication", endpoint.authentication().name()),
                        entry("jurisdiction", said(endpoint.destination().jurisdiction())),
                        entry("region", said(endpoint.destination().region())),
                        entry(
                                "trainsOnData",
                                String.valueOf(endpoint.destination().trainsOnData())),
                        entry("retention", said(endpoint.destination().keeps())),
                        entry("certificatePins", String.join(" ", endpoint.pins())),
                        entry("operations", operations(endpoint)),
                        entry("apiVersion", endpoint.options().apiVersion())));
    }

    private static String said(@Nullable String declared) {
        return declared == null ? "undeclared" : declared;
    }

    private static String operations(Endpoint endpoint) {
        return endpoint.options().operations().stream()
                .sorted()
                .map(Operation::wire)
                .collect(Collectors.joining(","));
    }
}
