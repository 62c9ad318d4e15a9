package com.neuralrouter.server.route;

import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.server.provider.Endpoint;

import java.time.Duration;
import java.util.List;

/**
 * A public model name and the upstreams it leads to, in the order of the route: immutable, a part
 * of the published snapshot.
 *
 * @param ways how it is decided where a request goes
 */
public record Route(
        RouteId id,
        String name,
        String model,
        long createdEpochSeconds,
        List<Upstream> upstreams,
        Ways ways) {

    public Route {
        upstreams = List.copyOf(upstreams);
        if (upstreams.isEmpty()) {
            throw new IllegalArgumentException("route " + name + " leads nowhere");
        }
    }

    /** One that tries its upstreams in their order. */
    public Route(
            RouteId id,
            String name,
            String model,
            long createdEpochSeconds,
            List<Upstream> upstreams) {
        this(id, name, model, createdEpochSeconds, upstreams, Ways.PLAIN);
    }

    /**
     * How it is decided where a request goes.
     *
     * @param headers those that conditions may look at, in lower case
     * @param hedgeAfterMillis after how long a request for embeddings goes to a second upstream as
     *     well; 0 for never
     * @param totalMillis how long all attempts of a request may take together; 0 for as long as the
     *     appliance's own configuration says
     */
    public record Ways(
            Strategy strategy, List<String> headers, int hedgeAfterMillis, int totalMillis) {
        static final Ways PLAIN = new Ways(Strategy.PRIORITY, List.of(), 0);

        public Ways {
            headers = List.copyOf(headers);
        }

        /** With as much time as any other. */
        public Ways(Strategy strategy, List<String> headers, int hedgeAfterMillis) {
            this(strategy, headers, hedgeAfterMillis, 0);
        }

        /** How long all attempts of a request may take together. */
        public Duration totalOr(Duration configured) {
            return totalMillis == 0 ? configured : Duration.ofMillis(totalMillis);
        }
    }

    /**
     * One place a route leads to.
     *
     * @param model the model's name there
     * @param choice what the route says about it
     * @param terms what the site declares of the provider
     */
    public record Upstream(Endpoint endpoint, String model, Choice choice, Terms terms) {

        /** One that is there for every request, of a provider of which nothing is declared. */
        public Upstream(Endpoint endpoint, String model) {
            this(endpoint, model, Choice.PLAIN, Terms.UNDECLARED);
        }
    }
}
