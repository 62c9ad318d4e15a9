package com.neuralrouter.server.site;

import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.CredentialDocument;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.apikey.ApiKeyStore;
import com.neuralrouter.server.apikey.StoredApiKey;
import com.neuralrouter.server.credential.CredentialStore;
import com.neuralrouter.server.limit.Subject;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.PolicyStore;
import com.neuralrouter.server.policy.PolicyVersionStore;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.ProviderStore;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.route.RouteStore;
import com.neuralrouter.server.route.StoredRoute;
import com.neuralrouter.server.route.StoredRoute.StoredUpstream;
import com.neuralrouter.server.route.StoredRoute.UpstreamOptions;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.workspace.WorkspaceStore;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stores that a site's document is read from, and the reading: the site as it is at one moment,
 * without secrets. Safe for all threads.
 */
public record SiteStores(
        WorkspaceStore workspaces,
        ApiKeyStore apiKeys,
        ProviderStore providers,
        CredentialStore credentials,
        RouteStore routes,
        PolicyStore policies,
        PolicyVersionStore policyVersions,
        AllowanceStores allowances) {

    SiteDocument document(Tx tx, Instant now) {
        var providerNames = new HashMap<ProviderId, String>();
        for (StoredProvider provider : providers.all(tx)) {
            providerNames.put(provider.endpoint().id(), provider.endpoint().name());
        }
        var workspaceNames = new HashMap<WorkspaceId, String>();
        List<Workspace> all = workspaces.all(tx);
        all.forEach(workspace -> workspaceNames.put(workspace.id(), workspace.name()));
        Map<WorkspaceId, Map<ApiKeyId, PolicyDocument>> ofKeys = policies.ofKeys(tx);
        AllowanceStores.All allowed = allowances.all(tx);
        return new SiteDocument(
                SiteDocument.API_VERSION,
                policies.site(tx).orElse(null),
                providers.all(tx).stream().map(SiteStores::provider).toList(),
                all.stream()
                        .map(each ->
                                workspace(
                                        tx,
                                        each,
                                        providerNames,
                                        ofKeys.getOrDefault(each.id(), Map.of()),
                                        allowed,
                                        now))
                        .toList(),
                routes.all(tx).stream()
                        .map(route -> route(route, workspaceNames, providerNames, allowed))
                        .toList(),
                allowed.limitsOf(Subject.SITE),
                allowed.budgetsOf(Subject.SITE));
    }

    /** What is declared of a provider. */
    static ProviderDocument provider(StoredProvider stored) {
        Endpoint endpoint = stored.endpoint();
        Destination to = endpoint.destination();
        return new ProviderDocument(
                endpoint.name(),
                endpoint.kind(),
                endpoint.address().map(Object::toString).orElse(null),
                endpoint.authentication(),
                endpoint.trustedCertificates(),
                to.jurisdiction(),
                to.region(),
                to.trainsAsAssumed() ? null : to.trainsOnData(),
                to.keepsAsAssumed() ? null : to.keeps(),
                endpoint.pins().isEmpty() ? null : endpoint.pins().stream().sorted().toList(),
                operations(endpoint),
                endpoint.options().apiVersion().isEmpty() ? null : endpoint.options().apiVersion(),
                stored.service());
    }

    private static @Nullable List<Operation> operations(Endpoint endpoint) {
        List<Operation> operations = endpoint.options().operations().stream().sorted().toList();
        return operations.isEmpty() ? null : operations;
    }

    private WorkspaceDocument workspace(
            Tx tx,
            Workspace workspace,
            Map<ProviderId, String> providerNames,
            Map<ApiKeyId, PolicyDocument> ofKeys,
            AllowanceStores.All allowed,
            Instant now) {
        // Two active keys may have one name; the document names each name once.
        var keys = new LinkedHashMap<String, ApiKeyDocument>();
        for (StoredApiKey key : apiKeys.active(tx, workspace.id(), now)) {
            Subject subject = Subject.key(workspace.id(), key.name());
            keys.putIfAbsent(
                    key.name(),
                    new ApiKeyDocument(
                            key.name(),
                            key.expiresAt(),
                            ofKeys.get(key.id()),
                            allowed.limitsOf(subject),
                            allowed.budgetsOf(subject)));
        }
        return new WorkspaceDocument(
                workspace.name(),
                workspace.description(),
                workspace.state(),
                policies.of(tx, workspace.id()).orElse(null),
                credentials.of(tx, workspace.id()).stream()
                        .map(credential ->
                                new CredentialDocument(
                                        name(providerNames, credential.providerId()),
                                        credential.label(),
                                        null))
                        .toList(),
                List.copyOf(keys.values()),
                allowed.limitsOf(Subject.workspace(workspace.id())),
                allowed.budgetsOf(Subject.workspace(workspace.id())));
    }

    private static RouteDocument route(
            StoredRoute route,
            Map<WorkspaceId, String> workspaceNames,
            Map<ProviderId, String> providerNames,
            AllowanceStores.All allowed) {
        return new RouteDocument(
                route.name(),
                route.model(),
                route.allWorkspaces()
                        ? List.of(SiteChecks.ALL_WORKSPACES)
                        : route.workspaces().stream()
                                .map(id -> name(workspaceNames, id))
                                .sorted()
                                .toList(),
                route.upstreams().stream()
                        .map(upstream -> upstream(upstream, providerNames))
                        .toList(),
                route.options().strategy(),
                route.options().headers(),
                route.options().hedgeAfterMillis(),
                route.options().totalMillis(),
                allowed.limitsOf(Subject.route(route.name())));
    }

    private static UpstreamDocument upstream(
            StoredUpstream upstream, Map<ProviderId, String> providerNames) {
        UpstreamOptions options = upstream.options();
        return new UpstreamDocument(
                name(providerNames, upstream.provider()),
                upstream.model(),
                options.weight(),
                options.when(),
                options.use(),
                options.percent(),
                options.price());
    }

    /** The database keeps references whole, so there is a name for each id. */
    private static <T> String name(Map<T, String> names, T id) {
        String name = names.get(id);
        if (name == null) {
            throw new IllegalStateException("nothing has the id " + id);
        }
        return name;
    }
}
