package com.neuralrouter.server.route;

import com.neuralrouter.contract.RouteId;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Names;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.provider.ProviderStore;
import com.neuralrouter.server.route.StoredRoute.StoredUpstream;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.workspace.WorkspaceStore;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is done to routes, each time as a part of a transaction that applies a site's document. A
 * workspace never has two routes of one model name, which {@link #demandOneWay} makes sure of at
 * the transaction's end: in between it may have, when two routes swap their models. Safe for all
 * threads.
 */
public final class RouteCommands {
    private static final String ALL = "*";
    private static final int MODEL = 200;
    private static final int UPSTREAMS = 16;

    private final RouteStore store;
    private final WorkspaceStore workspaces;
    private final ProviderStore providers;
    private final Ids ids;
    private final Clock clock;

    public RouteCommands(
            RouteStore store,
            WorkspaceStore workspaces,
            ProviderStore providers,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.workspaces = workspaces;
        this.providers = providers;
        this.ids = ids;
        this.clock = clock;
    }

    /** Throws {@link AdminRefused} when the name is taken and when a field can't be used. */
    public Audited<StoredRoute> createIn(Tx tx, RouteDocument wanted) {
        Names.demandName("name", wanted.name());
        if (store.byName(tx, wanted.name()).isPresent()) {
            throw AdminRefused.nameTaken("route", wanted.name());
        }
        StoredRoute route = route(tx, new RouteId(ids.next()), wanted, Columns.now(clock));
        store.insert(tx, route);
        return Audited.of(route, event("route.created", route));
    }

    /** Makes it what the document says; its name stays. */
    public Audited<StoredRoute> updateIn(Tx tx, RouteId id, RouteDocument wanted) {
        StoredRoute before = demand(tx, id);
        if (!wanted.name().equals(before.name())) {
            throw AdminRefused.field("name", "can't be changed");
        }
        StoredRoute route = route(tx, id, wanted, before.createdAt());
        store.update(tx, route);
        return Audited.of(route, event("route.changed", route));
    }

    public Audited<RouteId> deleteIn(Tx tx, RouteId id) {
        StoredRoute before = demand(tx, id);
        store.delete(tx, id);
        return Audited.of(id, event("route.removed", before));
    }

    private StoredRoute demand(Tx tx, RouteId id) {
        return store.find(tx, id).orElseThrow(() -> AdminRefused.notFound("route", id));
    }

    private StoredRoute route(Tx tx, RouteId id, RouteDocument wanted, Instant createdAt) {
        boolean all = wanted.workspaces().contains(ALL);
        if (wanted.upstreams().isEmpty() || wanted.upstreams().size() > UPSTREAMS) {
            throw AdminRefused.field("upstreams", "must be 1 to " + UPSTREAMS);
        }
        RouteChecks.demand(wanted);
        return new StoredRoute(
                id,
                wanted.name(),
                Names.demandLabel("model", wanted.model(), MODEL),
                all,
                all ? Set.of() : workspaces(tx, wanted.workspaces()),
                upstreams(tx, wanted),
                RouteChecks.options(wanted),
                createdAt);
    }

    private Set<WorkspaceId> workspaces(Tx tx, List<String> names) {
        var found = new HashSet<WorkspaceId>();
        for (String name : names) {
            found.add(
                    workspaces
                            .byName(tx, name)
                            .orElseThrow(() ->
                                    AdminRefused.field(
                                            "workspaces", "there is no workspace '" + name + "'"))
                            .id());
        }
        return found;
    }

    private List<StoredUpstream> upstreams(Tx tx, RouteDocument wanted) {
        return wanted.upstreams().stream().map(each -> upstream(tx, wanted, each)).toList();
    }

    private StoredUpstream upstream(Tx tx, RouteDocument wanted, UpstreamDocument upstream) {
        String model = upstream.model() == null ? wanted.model() : upstream.model();
        return new StoredUpstream(
                providers
                        .byName(tx, upstream.provider())
                        .orElseThrow(() ->
                                AdminRefused.field(
                                        "upstreams",
                                        "there is no provider '" + upstream.provider() + "'"))
                        .endpoint()
                        .id(),
                Names.demandLabel("upstreams.model", model, MODEL),
                RouteChecks.options(upstream));
    }

    /**
     * Ends every transaction that changes routes: throws {@link AdminRefused} when a workspace
     * would have two routes of one model.
     */
    public void demandOneWay(Tx tx) {
        List<StoredRoute> all = store.all(tx);
        for (int i = 0; i < all.size(); i++) {
            for (StoredRoute other : all.subList(0, i)) {
                if (other.collidesWith(all.get(i))) {
                    throw AdminRefused.field(
                            "model",
                            "a workspace would have two routes of the model '"
                                    + other.model()
                                    + "': '"
                                    + other.name()
                                    + "' and '"
                                    + all.get(i).name()
                                    + "'");
                }
            }
        }
    }

    private static AuditEvent event(String action, StoredRoute route) {
        return AuditEvent.done(
                action,
                "route/" + route.id(),
                Map.of(
                        "name", route.name(),
                        "model", route.model(),
                        "workspaces",
                                route.allWorkspaces()
                                        ? ALL
                                        : String.valueOf(route.workspaces().size()),
                        "upstreams", String.valueOf(route.upstreams().size()),
                        "strategy", route.options().ways().strategy().name()));
    }
}
