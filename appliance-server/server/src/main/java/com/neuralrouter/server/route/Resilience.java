package com.neuralrouter.server.route;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RouteId;

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
