package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RouteId;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What all requests share while they make attempts: how the upstreams have been doing, the places
 * at providers, the budgets for further attempts. Safe for all threads.
 */
public final class Resilience {
    private final UpstreamHealth health;
    private final Explanations explanations;
    private final Pause pause;
    private final ProviderGates gates = new ProviderGates();
    private final ConcurrentMap<RouteId, RetryBudget> budgets = new ConcurrentHashMap<>();

    public Resilience(UpstreamHealth health, Explanations explanations, Pause pause) {
        this.health = health;
        this.explanations = explanations;
        this.pause = pause;
    }

    /**
     * The attempts of one request.
     *
     * @param deadline by when all of them must be over, {@link System#nanoTime()}
     */
    public Attempts begin(RequestId request, RoutePlan plan, long deadline) {
        RetryBudget budget =
                budgets.computeIfAbsent(plan.route().id(), _ -> new RetryBudget(health.now()));
        budget.request(health.now());
        return new Attempts(this, new Attempts.Course(request, plan, deadline), budget);
    }

    /**
     * A place at an upstream for a copy of a request. Null if there is none to spare: a copy waits
     * for nobody and keeps nobody waiting.
     */
    public @Nullable Spare spare(Route.Upstream upstream) {
        ProviderId provider = upstream.endpoint().id();
        ProviderGates.Place place = gates.enterSpare(provider, upstream.terms().capacity());
        if (place == null) {
            return null;
        }
        UpstreamTrack track = health.track(provider, upstream.model());
        track.begun();
        return () -> {
            track.ended();
            place.close();
        };
    }

    /** A place for a copy of a request; given back once. */
    @FunctionalInterface
    public interface Spare extends AutoCloseable {
        @Override
        void close();
    }

    UpstreamHealth health() {
        return health;
    }

    Explanations explanations() {
        return explanations;
    }

    Pause pause() {
        return pause;
    }

    ProviderGates gates() {
        return gates;
    }
}
