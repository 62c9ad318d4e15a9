package com.neuralrouter.server.route;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.server.route.Attempt.Standing;
import com.neuralrouter.server.route.RoutePlan.Dropped;
import com.neuralrouter.server.route.RoutePlan.Reason;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides in which order a route's upstreams are tried for one request. The order is the route's;
 * those that failed a moment ago come after the others, and are still there when nothing else is
 * left. Nothing is left to chance, so a plan can be explained. Safe for all threads.
 */
public final class RoutePlanner {
    private final UpstreamHealth health;

    public RoutePlanner(UpstreamHealth health) {
        this.health = health;
    }

    /**
     * Plans one request; to be called once for it, because a plan may take the one chance in a
     * while to find out whether a failing upstream is back (see {@link UpstreamHealth}).
     *
     * @param allowedProvider whether policy lets the caller use the provider of that name
     * @param hasCredential whether the workspace has a credential for the provider; asked only for
     *     those that want one
     */
    public RoutePlan plan(
            Route route, Predicate<String> allowedProvider, Predicate<ProviderId> hasCredential) {
        List<Attempt> ahead = new ArrayList<>(route.upstreams().size());
        List<Attempt> behind = List.of();
        List<Dropped> dropped = List.of();
        for (Route.Upstream upstream : route.upstreams()) {
            Reason reason = whyNot(upstream, allowedProvider, hasCredential);
            if (reason != null) {
                dropped = with(dropped, new Dropped(upstream, reason));
                continue;
            }
            Standing standing = health.standing(upstream.endpoint().id(), upstream.model());
            if (standing == Standing.FAILING) {
                behind = with(behind, new Attempt(upstream, standing));
            } else {
                ahead.add(new Attempt(upstream, standing));
            }
        }
        ahead.addAll(behind);
        return new RoutePlan(ahead, dropped);
    }

    private static @Nullable Reason whyNot(
            Route.Upstream upstream,
            Predicate<String> allowedProvider,
            Predicate<ProviderId> hasCredential) {
        if (!allowedProvider.test(upstream.endpoint().name())) {
            return Reason.PROVIDER_NOT_ALLOWED;
        }
        boolean wantsCredential = upstream.endpoint().authentication() == Authentication.BEARER;
        if (wantsCredential && !hasCredential.test(upstream.endpoint().id())) {
            return Reason.CREDENTIAL_MISSING;
        }
        return null;
    }

    /** Lists that are nearly always empty are made only when something goes into them. */
    private static <T> List<T> with(List<T> list, T added) {
        List<T> longer = list.isEmpty() ? new ArrayList<>(4) : list;
        longer.add(added);
        return longer;
    }
}
