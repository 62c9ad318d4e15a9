package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A public model name and the upstreams it leads to.
 *
 * @param model what apps put into a request's {@code model} field
 * @param workspaces the names of the workspaces that may use it; {@code *} stands for all
 * @param upstreams in the order of the route
 */
public record Route(
        RouteId id,
        String name,
        String model,
        Strategy strategy,
        List<String> workspaces,
        List<Upstream> upstreams,
        Instant createdAt) {

    public Route {
        workspaces = List.copyOf(workspaces);
        upstreams = List.copyOf(upstreams);
    }

    /**
     * One place a route leads to, and how it has been doing since the appliance was started.
     *
     * @param percent of all requests, for a canary and a shadow
     * @param when the condition on requests; absent if there is none
     */
    public record Upstream(
            ProviderId providerId,
            String providerName,
            String model,
            Use use,
            int weight,
            int percent,
            @Nullable String when,
            Health health) {}

    /**
     * What requests met at an upstream.
     *
     * @param lastFailure why the last one that failed did so, in words without content; absent if
     *     none did
     */
    public record Health(
            HealthState state,
            long attempts,
            long failures,
            @Nullable Instant lastSuccessAt,
            @Nullable Instant lastFailureAt,
            @Nullable String lastFailure) {}

    /** How the upstreams that may be asked are put into an order, for each request anew. */
    public enum Strategy {
        /** As they stand in the route. */
        PRIORITY,
        /** By chance, each as often as its weight says. */
        WEIGHTED,
        /** The one with the fewest requests under way, for its weight. */
        LEAST_OUTSTANDING,
        /** The better of two drawn by chance: by latency and requests under way. */
        PEAK_EWMA,
        /** The one that asks least for this request. */
        CHEAPEST,
        /** Requests that begin alike go to the same one, unless it has too much to do. */
        PREFIX_AFFINITY
    }

    /** What an upstream is there for. */
    public enum Use {
        /** For every request. */
        ALWAYS,
        /** First for a share of the requests, for the others only when nothing else is left. */
        CANARY,
        /** Gets a copy of a share of the requests; its answers are thrown away. */
        SHADOW,
        /** Asked when another one has answered that the request is too long for its model. */
        AFTER_CONTEXT_WINDOW,
        /** Asked when another one has answered that its content filter refuses the request. */
        AFTER_CONTENT_FILTER
    }

    /** A health in one word. */
    public enum HealthState {
        /** No request went there yet. */
        UNKNOWN,
        /** The last attempt succeeded. */
        HEALTHY,
        /** The last attempts failed: it is tried after the others for a while. */
        FAILING
    }
}
