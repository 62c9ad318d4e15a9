package com.neuralrouter.server.route;

import com.neuralrouter.contract.RouteId;
import com.neuralrouter.server.provider.Endpoint;

import java.util.List;

/**
 * A public model name and the upstreams it leads to, in the order in which they are tried:
 * immutable, a part of the published snapshot.
 */
public record Route(
        RouteId id, String name, String model, long createdEpochSeconds, List<Upstream> upstreams) {

    public Route {
        upstreams = List.copyOf(upstreams);
        if (upstreams.isEmpty()) {
            throw new IllegalArgumentException("route " + name + " leads nowhere");
        }
    }

    /**
     * One place a route leads to.
     *
     * @param model the model's name there
     */
    public record Upstream(Endpoint endpoint, String model) {}
}
