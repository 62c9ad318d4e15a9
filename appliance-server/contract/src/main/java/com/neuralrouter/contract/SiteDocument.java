package com.neuralrouter.contract;

import com.neuralrouter.contract.Workspace.State;

import org.jspecify.annotations.Nullable;

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

    /** A route; see {@link Route}. */
    public record RouteDocument(
            String name, String model, List<String> workspaces, List<UpstreamDocument> upstreams) {
        public RouteDocument {
            workspaces = orEmpty(workspaces);
            upstreams = orEmpty(upstreams);
        }
    }

    /**
     * One place that a route leads to.
     *
     * @param model the model's name at the provider; absent means the route's own
     */
    public record UpstreamDocument(String provider, @Nullable String model) {}

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
