package com.neuralrouter.server.route;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.Route.Health;
import com.neuralrouter.contract.Route.Upstream;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.Pages;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.provider.ProviderStore;
import com.neuralrouter.server.route.StoredRoute.UpstreamOptions;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.workspace.WorkspaceStore;

import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;

/** {@code GET /admin/v1/routes}; a site's document is what changes them. */
public final class RouteEndpoints implements AdminEndpoints {
    private final SiteReads reads;
    private final RouteStore store;
    private final WorkspaceStore workspaces;
    private final ProviderStore providers;
    private final BiFunction<ProviderId, String, Health> health;

    /**
     * @param health how a model at a provider has been doing
     */
    public RouteEndpoints(
            SiteReads reads,
            RouteStore store,
            WorkspaceStore workspaces,
            ProviderStore providers,
            BiFunction<ProviderId, String, Health> health) {
        this.reads = reads;
        this.store = store;
        this.workspaces = workspaces;
        this.providers = providers;
        this.health = health;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.ROUTES, this::list);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.ROUTES_READ);
        int limit = request.limit();
        String after = request.query("cursor").orElse("");
        return AdminAnswer.ok(reads.read(tx -> page(tx, after, limit)));
    }

    private Page<com.neuralrouter.contract.Route> page(Tx tx, String after, int limit) {
        return Pages.of(
                store.after(tx, after, limit + 1),
                limit,
                route -> wire(tx, route),
                StoredRoute::name);
    }

    private com.neuralrouter.contract.Route wire(Tx tx, StoredRoute route) {
        List<String> names =
                route.allWorkspaces()
                        ? List.of("*")
                        : route.workspaces().stream()
                                .map(id -> workspaces.find(tx, id).orElseThrow().name())
                                .sorted()
                                .toList();
        return new com.neuralrouter.contract.Route(
                route.id(),
                route.name(),
                route.model(),
                route.options().ways().strategy(),
                names,
                route.upstreams().stream().map(upstream -> wire(tx, upstream)).toList(),
                route.createdAt());
    }

    private Upstream wire(Tx tx, StoredRoute.StoredUpstream upstream) {
        UpstreamOptions options = upstream.options();
        return new Upstream(
                upstream.provider(),
                providers.find(tx, upstream.provider()).orElseThrow().endpoint().name(),
                upstream.model(),
                Objects.requireNonNullElse(options.use(), Use.ALWAYS),
                Objects.requireNonNullElse(options.weight(), 1),
                Objects.requireNonNullElse(options.percent(), 0),
                options.when(),
                health.apply(upstream.provider(), upstream.model()));
    }
}
