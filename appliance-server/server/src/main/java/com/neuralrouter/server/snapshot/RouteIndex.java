package com.neuralrouter.server.snapshot;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.integrity.Verified;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.StoredRoute;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The routes of the last snapshot, of which only those that changed since are read and compiled
 * again. Used under the publisher's lock.
 */
final class RouteIndex {
    private static final List<String> PROVIDERS = List.of("provider");

    /** The keys of all of them begin with the route's id. */
    private static final List<String> ROUTES =
            List.of("route", "route_workspace", "route_upstream");

    private static final List<String> TABLES =
            Stream.concat(PROVIDERS.stream(), ROUTES.stream()).toList();

    private final SnapshotSources sources;
    private @Nullable Verified last;
    private Map<UUID, Granted> routes = Map.of();

    /** A route, and whom it is for. */
    private record Granted(StoredRoute stored, Route route) {}

    /** The routes by public model name, for each workspace. */
    static final class ByWorkspace {
        private final Map<String, Route> everybodys;
        private final List<Granted> some;

        private ByWorkspace(Map<String, Route> everybodys, List<Granted> some) {
            this.everybodys = everybodys;
            this.some = some;
        }

        Map<String, Route> of(WorkspaceId workspace) {
            List<Granted> own =
                    some.stream().filter(each -> each.stored().grants(workspace)).toList();
            if (own.isEmpty()) {
                return everybodys;
            }
            var found = new HashMap<>(everybodys);
            own.forEach(each -> found.put(each.stored().model(), each.route()));
            return Map.copyOf(found);
        }
    }

    RouteIndex(SnapshotSources sources) {
        this.sources = sources;
    }

    ByWorkspace in(Tx tx, Verified verified) {
        routes = Map.copyOf(now(tx, verified));
        last = verified.only(TABLES);
        return new ByWorkspace(
                routes.values().stream()
                        .filter(each -> each.stored().allWorkspaces())
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        each -> each.stored().model(), Granted::route)),
                routes.values().stream().filter(each -> !each.stored().allWorkspaces()).toList());
    }

    private Map<UUID, Granted> now(Tx tx, Verified verified) {
        if (last == null || !verified.stateOf(PROVIDERS).equals(last.stateOf(PROVIDERS))) {
            Map<ProviderId, StoredProvider> providers = providers(tx);
            return sources.routes().all(tx).stream()
                    .collect(
                            Collectors.toMap(
                                    stored -> stored.id().value(),
                                    stored -> granted(stored, providers)));
        }
        Set<UUID> changed = changed(verified, last);
        if (changed.isEmpty()) {
            return routes;
        }
        Map<ProviderId, StoredProvider> providers = providers(tx);
        var now = new HashMap<>(routes);
        now.keySet().removeAll(changed);
        for (UUID id : changed) {
            sources.routes()
                    .find(tx, new RouteId(id))
                    .ifPresent(stored -> now.put(id, granted(stored, providers)));
        }
        return now;
    }

    private static Set<UUID> changed(Verified verified, Verified last) {
        var found = new HashSet<UUID>();
        for (String table : ROUTES) {
            found.addAll(verified.changed(table, last));
        }
        return found;
    }

    private Map<ProviderId, StoredProvider> providers(Tx tx) {
        return sources.providers().all(tx).stream()
                .collect(
                        Collectors.toMap(
                                provider -> provider.endpoint().id(), provider -> provider));
    }

    /** A foreign key sees to it that the provider is there. */
    private static Granted granted(StoredRoute stored, Map<ProviderId, StoredProvider> providers) {
        return new Granted(
                stored, stored.compiled(id -> Objects.requireNonNull(providers.get(id))));
    }
}
