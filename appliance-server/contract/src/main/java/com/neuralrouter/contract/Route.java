package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A public model name and the upstreams it leads to.
 *
 * @param model what apps put into a request's {@code model} field
 * @param workspaces the names of the workspaces that may use it; {@code *} stands for all
 * @param upstreams in the order in which they are tried
 */
public record Route(
        RouteId id,
        String name,
        String model,
        List<String> workspaces,
        List<Upstream> upstreams,
        Instant createdAt) {

    public Route {
        workspaces = List.copyOf(workspaces);
        upstreams = List.copyOf(upstreams);
    }

    /** One place a route leads to, and how it has been doing since the appliance was started. */
    public record Upstream(
            ProviderId providerId, String providerName, String model, Health health) {}

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
