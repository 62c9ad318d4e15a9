package com.neuralrouter.contract;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.contract.Workspace.State;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A whole site as a document: what {@code neural-router apply -f site.yaml} sends and {@code
 * export} writes. Things are named by their names here, never by ids, so that a document made for
 * one appliance fits another. Lists may be absent, which is the same as empty.
 *
 * @param apiVersion {@link #API_VERSION}
 * @param policy the site's own rules, which hold for every workspace; absent means none
 * @param limits of all requests together, as budgets are; absent means none
 */
public record SiteDocument(
        String apiVersion,
        @Nullable PolicyDocument policy,
        List<ProviderDocument> providers,
        List<WorkspaceDocument> workspaces,
        List<RouteDocument> routes,
        @Nullable LimitsDocument limits,
        @Nullable List<BudgetDocument> budgets) {

    public static final String API_VERSION = "neural-router/v1";

    public SiteDocument {
        providers = orEmpty(providers);
        workspaces = orEmpty(workspaces);
        routes = orEmpty(routes);
        budgets = orNull(budgets);
    }

    /** One without limits and budgets. */
    public SiteDocument(
            String apiVersion,
            @Nullable PolicyDocument policy,
            List<ProviderDocument> providers,
            List<WorkspaceDocument> workspaces,
            List<RouteDocument> routes) {
        this(apiVersion, policy, providers, workspaces, routes, null, null);
    }

    /**
     * An upstream service.
     *
     * @param baseUrl as in {@code https://host:port/v1}; absent for the loopback
     * @param authentication absent means what is usual for the kind
     * @param trustedCertificates PEM of the CAs that its certificate must come from; absent means
     *     the ones that the Java runtime trusts
     * @param jurisdiction where it is: on-prem, a country's code, EU or EEA; absent means that
     *     nobody knows, which no policy that asks for it allows
     * @param region its own name for the place, as in eu-central-1
     * @param trainsOnData whether it may train on what it is sent; absent means no for on-prem,
     *     else yes
     * @param retention how long it keeps content: zero, transient, 30d; absent: nobody knows
     * @param certificatePins the keys one of which its certificate must have: SHA-256 of the
     *     SubjectPublicKeyInfo, Base64; absent means any
     * @param operations what it serves in the app's own format beside what its kind does, as in
     *     responses; absent means nothing
     * @param apiVersion the version of Azure's API: 2024-10-21, or preview; absent means v1
     * @param service how much it takes and what it promises; absent means that nothing is declared
     */
    public record ProviderDocument(
            String name,
            ProviderKind kind,
            @Nullable String baseUrl,
            @Nullable Authentication authentication,
            @Nullable String trustedCertificates,
            @Nullable String jurisdiction,
            @Nullable String region,
            @Nullable Boolean trainsOnData,
            @Nullable String retention,
            @Nullable List<String> certificatePins,
            @Nullable List<Operation> operations,
            @Nullable String apiVersion,
            @Nullable ServiceDocument service) {
        public ProviderDocument {
            certificatePins = certificatePins == null ? null : List.copyOf(certificatePins);
            operations = operations == null ? null : List.copyOf(operations);
        }

        /** One of which nothing is declared, as is usual for its kind. */
        public ProviderDocument(
                String name,
                ProviderKind kind,
                @Nullable String baseUrl,
                @Nullable Authentication authentication,
                @Nullable String trustedCertificates) {
            this(
                    name,
                    kind,
                    baseUrl,
                    authentication,
                    trustedCertificates,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
    }

    /** A workspace with all that belongs to it; absent limits and budgets mean none. */
    public record WorkspaceDocument(
            String name,
            @Nullable String description,
            @Nullable State state,
            @Nullable PolicyDocument policy,
            List<CredentialDocument> credentials,
            List<ApiKeyDocument> apiKeys,
            @Nullable LimitsDocument limits,
            @Nullable List<BudgetDocument> budgets) {
        public WorkspaceDocument {
            credentials = orEmpty(credentials);
            apiKeys = orEmpty(apiKeys);
            budgets = orNull(budgets);
        }

        /** One without limits and budgets. */
        public WorkspaceDocument(
                String name,
                @Nullable String description,
                @Nullable State state,
                @Nullable PolicyDocument policy,
                List<CredentialDocument> credentials,
                List<ApiKeyDocument> apiKeys) {
            this(name, description, state, policy, credentials, apiKeys, null, null);
        }
    }

    /**
     * A route; see {@link Route}.
     *
     * @param strategy absent means {@link Strategy#PRIORITY}
     * @param headers names of request headers that the conditions of the upstreams may look at, in
     *     lower case; absent means none
     * @param hedgeAfterMillis after how long a request for embeddings that has no answer yet is
     *     sent to the next upstream as well; absent means never
     * @param totalMillis how long all attempts of a request may take together, the answer included;
     *     absent means what the appliance's own configuration says
     * @param limits of all requests that take it, whoever asks; absent means none
     */
    public record RouteDocument(
            String name,
            String model,
            List<String> workspaces,
            List<UpstreamDocument> upstreams,
            @Nullable Strategy strategy,
            @Nullable List<String> headers,
            @Nullable Integer hedgeAfterMillis,
            @Nullable Integer totalMillis,
            @Nullable LimitsDocument limits) {
        public RouteDocument {
            workspaces = orEmpty(workspaces);
            upstreams = orEmpty(upstreams);
            headers = headers == null ? null : List.copyOf(headers);
        }

        /** One without limits. */
        public RouteDocument(
                String name,
                String model,
                List<String> workspaces,
                List<UpstreamDocument> upstreams,
                @Nullable Strategy strategy,
                @Nullable List<String> headers,
                @Nullable Integer hedgeAfterMillis,
                @Nullable Integer totalMillis) {
            this(
                    name,
                    model,
                    workspaces,
                    upstreams,
                    strategy,
                    headers,
                    hedgeAfterMillis,
                    totalMillis,
                    null);
        }

        /** One that says no more than it must. */
        public RouteDocument(
                String name,
                String model,
                List<String> workspaces,
                List<UpstreamDocument> upstreams) {
            this(name, model, workspaces, upstreams, null, null, null, null, null);
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
     * Rules that narrow what a request may do; an absent rule narrows nothing. A request must pass
     * the site's rules, its workspace's and its key's: no level can widen what another narrowed.
     *
     * @param allowedModels public model names; absent means all
     * @param deniedModels public model names that are refused even where allowed
     * @param allowedProviders names of providers that a request may be sent to; absent means all
     * @param deniedProviders names of providers that a request is not sent to
     * @param allowedOperations as in chat_completions, embeddings; absent means all
     * @param deniedOperations operations that are refused even where allowed
     * @param allowedJurisdictions where a request may go: on-prem, EU, DE; absent means anywhere
     * @param allowedRegions providers' regions that a request may go to; absent means all
     * @param noTraining whether only providers are asked that don't train on what they are sent
     * @param maxRetention how long content is kept at the most: zero, transient or days as in 30d
     * @param keepContentFor days that a workspace has content kept here; absent means not at all
     * @param maxInputTokens the largest number of input tokens, counted or estimated
     * @param maxOutputTokens the most that a request may ask for, and gets if it asks for none
     * @param maxTotalTokens the largest number of both together
     * @param maxRequestBytes the largest request body, bytes
     * @param allowedTools names of tools that a request may offer; absent means all
     * @param deniedTools names of tools that are refused even where allowed
     * @param noImages whether requests with images are refused
     * @param maxClassification the highest label that data may have, of public to restricted
     * @param leastClassification the label that data has at the least, whatever the request says
     * @param classifiedJurisdictions where data with a label, or a higher one, may go
     * @param hours when requests are taken; absent means always
     * @param networks where requests may come from, as in 10.0.0.0/8; absent means anywhere
     * @param guardrails what is run on every request
     * @param allowedShadows providers that may get copies; absent at the site's level means none
     * @param tests requests with the verdict that is expected of them
     */
    public record PolicyDocument(
            @Nullable List<String> allowedModels,
            @Nullable List<String> deniedModels,
            @Nullable List<String> allowedProviders,
            @Nullable List<String> deniedProviders,
            @Nullable List<String> allowedOperations,
            @Nullable List<String> deniedOperations,
            @Nullable List<String> allowedJurisdictions,
            @Nullable List<String> allowedRegions,
            @Nullable Boolean noTraining,
            @Nullable String maxRetention,
            @Nullable String keepContentFor,
            @Nullable Long maxInputTokens,
            @Nullable Integer maxOutputTokens,
            @Nullable Long maxTotalTokens,
            @Nullable Integer maxRequestBytes,
            @Nullable List<String> allowedTools,
            @Nullable List<String> deniedTools,
            @Nullable Boolean noImages,
            @Nullable String maxClassification,
            @Nullable String leastClassification,
            @Nullable Map<String, List<String>> classifiedJurisdictions,
            @Nullable HoursDocument hours,
            @Nullable List<String> networks,
            @Nullable List<String> guardrails,
            @Nullable List<String> allowedShadows,
            @Nullable List<PolicyTestDocument> tests) {

        /** No rule at all. */
        public static final PolicyDocument NONE = new PolicyDocument(null, null, null, null, null);

        public PolicyDocument {
            allowedModels = orNull(allowedModels);
            deniedModels = orNull(deniedModels);
            allowedProviders = orNull(allowedProviders);
            deniedProviders = orNull(deniedProviders);
            allowedOperations = orNull(allowedOperations);
            deniedOperations = orNull(deniedOperations);
            allowedJurisdictions = orNull(allowedJurisdictions);
            allowedRegions = orNull(allowedRegions);
            allowedTools = orNull(allowedTools);
            deniedTools = orNull(deniedTools);
            networks = orNull(networks);
            guardrails = orNull(guardrails);
            allowedShadows = orNull(allowedShadows);
            tests = orNull(tests);
            classifiedJurisdictions =
                    classifiedJurisdictions == null ? null : sorted(classifiedJurisdictions);
        }

        /** The rules that need no more than a list or a number. */
        public PolicyDocument(
                @Nullable List<String> allowedModels,
                @Nullable List<String> deniedModels,
                @Nullable List<String> allowedProviders,
                @Nullable Integer maxOutputTokens,
                @Nullable Integer maxRequestBytes) {
            this(
                    allowedModels,
                    deniedModels,
                    allowedProviders,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    maxOutputTokens,
                    null,
                    maxRequestBytes,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        private static Map<String, List<String>> sorted(Map<String, List<String>> map) {
            var sorted = new TreeMap<String, List<String>>();
            map.forEach((key, value) -> sorted.put(key, value == null ? List.of() : value));
            return Collections.unmodifiableMap(sorted);
        }
    }

    /**
     * When requests are taken.
     *
     * @param zone a time zone as in Europe/Berlin
     * @param windows a moment must be in one of them
     */
    public record HoursDocument(String zone, List<WindowDocument> windows) {
        public HoursDocument {
            windows = orEmpty(windows);
        }
    }

    /**
     * A part of some days; one that goes over midnight is two.
     *
     * @param days as in mon, tue; absent means every day
     * @param from as in 08:00
     * @param to the first minute that is not in it, as in 18:00, at the latest 24:00
     */
    public record WindowDocument(@Nullable List<String> days, String from, String to) {
        public WindowDocument {
            days = days == null ? null : List.copyOf(days);
        }
    }

    /**
     * A request with the verdict that a policy, together with those above it, shall give.
     *
     * @param name what it shows
     * @param request what is asked
     * @param expect permit or refuse
     * @param rule the rule that shall refuse; absent means any
     */
    public record PolicyTestDocument(
            String name, TestRequestDocument request, String expect, @Nullable String rule) {}

    private static <T> @Nullable List<T> orNull(@Nullable List<T> list) {
        return list == null ? null : List.copyOf(list);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
