package com.neuralrouter.contract;

import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.contract.Workspace.State;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A whole site as a document: what {@code neural-router apply -f site.yaml} sends and {@code
 * export} writes. Things are named by their names here, never by ids, so that a document made for
 * one appliance fits another. Lists may be absent, which is the same as empty.
 *
 * @param apiVersion {@link #API_VERSION}
 * @param policy the site's own rules, which hold for every workspace; absent means none
 */
public record SiteDocument(
        String apiVersion,
        @Nullable PolicyDocument policy,
        List<ProviderDocument> providers,
        List<WorkspaceDocument> workspaces,
        List<RouteDocument> routes) {

    public static final String API_VERSION = "neural-router/v1";

    public SiteDocument {
        providers = orEmpty(providers);
        workspaces = orEmpty(workspaces);
        routes = orEmpty(routes);
    }

    /**
     * An upstream service.
     *
     * @param baseUrl as in {@code https://host:port/v1}; absent for the loopback
     * @param authentication absent means bearer for openai, none for loopback
     * @param trustedCertificates PEM of the CAs that its certificate must come from; absent means
     *     the ones that the Java runtime trusts
     */
    public record ProviderDocument(
            String name,
            ProviderKind kind,
            @Nullable String baseUrl,
            Provider.@Nullable Authentication authentication,
            @Nullable String trustedCertificates) {}

    /** A workspace with all that belongs to it. */
    public record WorkspaceDocument(
            String name,
            @Nullable String description,
            @Nullable State state,
            @Nullable PolicyDocument policy,
            List<CredentialDocument> credentials,
            List<ApiKeyDocument> apiKeys) {
        public WorkspaceDocument {
            credentials = orEmpty(credentials);
            apiKeys = orEmpty(apiKeys);
        }
    }

    /**
     * A workspace's credential for a provider.
     *
     * @param secret present on the way in, absent in an export; the YAML names a file or an
     *     environment variable, and the command reads it
     */
    public record CredentialDocument(
            String provider, @Nullable String label, @Nullable String secret) {
        @Override
        public String toString() {
            return "CredentialDocument[provider="
                    + provider
                    + ", label="
                    + label
                    + ", secret=redacted]";
        }
    }

    /**
     * An API key that there shall be; it is created when there is no active one of that name.
     *
     * @param expiresAt null makes a new key that never expires, and leaves one that is there as it
     *     is
     */
    public record ApiKeyDocument(String name, @Nullable Instant expiresAt) {}

    /**
     * A route; see {@link Route}.
     *
     * @param strategy absent means {@link Strategy#PRIORITY}
     * @param headers names of request headers that the conditions of the upstreams may look at, in
     *     lower case; absent means none
     * @param hedgeAfterMillis after how long a request for embeddings that has no answer yet is
     *     sent to the next upstream as well; absent means never
     */
    public record RouteDocument(
            String name,
            String model,
            List<String> workspaces,
            List<UpstreamDocument> upstreams,
            @Nullable Strategy strategy,
            @Nullable List<String> headers,
            @Nullable Integer hedgeAfterMillis) {
        public RouteDocument {
            workspaces = orEmpty(workspaces);
            upstreams = orEmpty(upstreams);
            headers = headers == null ? null : List.copyOf(headers);
        }

        /** One that says no more than it must. */
        public RouteDocument(
                String name,
                String model,
                List<String> workspaces,
                List<UpstreamDocument> upstreams) {
            this(name, model, workspaces, upstreams, null, null, null);
        }
    }

    /**
     * One place that a route leads to.
     *
     * @param model the model's name at the provider; absent means the route's own
     * @param weight its share of the requests beside the others' weights; absent means 1
     * @param when a condition on the request, without which it is not asked; absent means always
     * @param use absent means {@link Use#ALWAYS}
     * @param percent of all requests: how many a canary gets first, or how many a shadow sees;
     *     absent means none
     * @param price what it asks; absent means not known
     */
    public record UpstreamDocument(
            String provider,
            @Nullable String model,
            @Nullable Integer weight,
            @Nullable String when,
            @Nullable Use use,
            @Nullable Integer percent,
            @Nullable PriceDocument price) {

        /** One that says no more than it must. */
        public UpstreamDocument(String provider, @Nullable String model) {
            this(provider, model, null, null, null, null, null);
        }
    }

    /** What a million tokens cost at an upstream, in the site's own currency. */
    public record PriceDocument(BigDecimal inputPerMillion, BigDecimal outputPerMillion) {}

    /**
     * Rules that narrow what a request may do; an absent rule narrows nothing. A site's and a
     * workspace's rules hold both: a workspace can't widen what the site narrowed.
     *
     * @param allowedModels public model names; absent means all
     * @param deniedModels public model names that are refused even where allowed
     * @param allowedProviders names of providers that a request may be sent to; absent means all
     * @param maxOutputTokens the largest number of output tokens that a request may ask for; one
     *     that asks for none gets this
     * @param maxRequestBytes the largest request body, bytes
     */
    public record PolicyDocument(
            @Nullable List<String> allowedModels,
            @Nullable List<String> deniedModels,
            @Nullable List<String> allowedProviders,
            @Nullable Integer maxOutputTokens,
            @Nullable Integer maxRequestBytes) {
        public PolicyDocument {
            allowedModels = allowedModels == null ? null : List.copyOf(allowedModels);
            deniedModels = deniedModels == null ? null : List.copyOf(deniedModels);
            allowedProviders = allowedProviders == null ? null : List.copyOf(allowedProviders);
        }
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
