package com.neuralrouter.server.bootstrap;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.explain.ExplainEndpoints;
import com.neuralrouter.server.explain.Explainer;
import com.neuralrouter.server.incident.IncidentCommands;
import com.neuralrouter.server.incident.IncidentEndpoints;
import com.neuralrouter.server.incident.IncidentStore;
import com.neuralrouter.server.policy.CompiledPolicy;
import com.neuralrouter.server.policy.PolicyEngine;
import com.neuralrouter.server.provider.ProviderStore;
import com.neuralrouter.server.route.Prober;
import com.neuralrouter.server.route.ProviderHealthEndpoints;
import com.neuralrouter.server.route.ProviderWatch;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.SuspensionCommands;
import com.neuralrouter.server.route.SuspensionStore;
import com.neuralrouter.server.route.WatchThread;
import com.neuralrouter.server.route.WatchedProvider;
import com.neuralrouter.server.snapshot.Snapshots;
import com.neuralrouter.server.snapshot.WorkspaceView;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What watches providers, tells of incidents and explains plans, put together. */
final class RoutingRooms implements AutoCloseable {
    private final AdminPlane.Ground ground;
    private final Routing routing;
    private final Snapshots snapshots;
    private final SiteReads reads;
    private final ProviderStore providers;
    private final SuspensionStore suspensions = new SuspensionStore();
    private final IncidentStore incidents = new IncidentStore();
    private final IncidentCommands incidentCommands;
    private final SuspensionCommands commands;
    private @Nullable WatchThread thread; // owned by the thread that starts and stops the plane

    RoutingRooms(
            AdminPlane.Ground ground,
            Routing routing,
            Snapshots snapshots,
            SiteReads reads,
            AdminTransactions transactions,
            ProviderStore providers) {
        this.ground = ground;
        this.routing = routing;
        this.snapshots = snapshots;
        this.reads = reads;
        this.providers = providers;
        this.incidentCommands =
                new IncidentCommands(transactions, incidents, ground.ids(), ground.clock());
        this.commands =
                new SuspensionCommands(
                        transactions,
                        suspensions,
                        providers,
                        incidentCommands,
                        routing.standings(),
                        ground.clock());
        routing.standings().load(reads.read(suspensions::all));
    }

    List<AdminEndpoints> endpoints() {
        return List.of(
                new ProviderHealthEndpoints(
                        reads,
                        providers,
                        routing.health(),
                        routing.standings(),
                        routing.probes(),
                        commands),
                new IncidentEndpoints(reads, incidents, incidentCommands),
                new ExplainEndpoints(
                        new Explainer(
                                snapshots::current,
                                new PolicyEngine(),
                                routing.planner(),
                                routing.explanations(),
                                ground.clock())));
    }

    /** Begins to watch the providers. */
    void watch(Prober prober) {
        var watch =
                new ProviderWatch(
                        new ProviderWatch.Sight(
                                this::watched,
                                routing.health(),
                                routing.standings(),
                                routing.probes()),
                        commands,
                        prober,
                        probe -> Thread.ofVirtual().name("probe").start(probe),
                        ground.ids(),
                        ground.clock());
        thread = new WatchThread("provider-watch", watch::tick);
        thread.start();
    }

    @Override
    public void close() {
        WatchThread watching = thread;
        if (watching != null) {
            watching.close();
        }
    }

    /**
     * The providers that any route leads to and any request could be let go to, with what the
     * routes ask them for: where policies let nothing go, no probe goes.
     */
    private List<WatchedProvider> watched() {
        Map<ProviderId, Route.Upstream> upstreams = new LinkedHashMap<>();
        Map<ProviderId, Set<String>> models = new LinkedHashMap<>();
        snapshots.current().workspaces().values().stream()
                .flatMap(RoutingRooms::reachable)
                .forEach(upstream -> {
                    ProviderId id = upstream.endpoint().id();
                    upstreams.putIfAbsent(id, upstream);
                    models.computeIfAbsent(id, _ -> new LinkedHashSet<>()).add(upstream.model());
                });
        return upstreams.entrySet().stream()
                .map(entry ->
                        new WatchedProvider(
                                entry.getValue().endpoint(),
                                entry.getValue().terms(),
                                List.copyOf(models.getOrDefault(entry.getKey(), Set.of()))))
                .toList();
    }

    private static Stream<Route.Upstream> reachable(WorkspaceView workspace) {
        CompiledPolicy policy = workspace.policies().ofAll();
        return workspace.routes().values().stream()
                .flatMap(route -> route.upstreams().stream())
                .filter(upstream -> policy.couldReach(upstream.endpoint().destination()));
    }
}
