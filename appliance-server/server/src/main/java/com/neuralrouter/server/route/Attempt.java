package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.server.provider.Endpoint;

/**
 * One step of a {@link RoutePlan}: an upstream that may be asked.
 *
 * @param standing why it stands where it stands in the plan
 */
public record Attempt(Route.Upstream upstream, Standing standing) {

    /** How an upstream got its place. */
    public enum Standing {
        /** In the route's order: nothing speaks against it. */
        READY,
        /**
         * In the route's order although it failed last: this request finds out whether it is back.
         */
        PROBE,
        /** Behind the others: it failed a moment ago. */
        FAILING
    }

    public Endpoint endpoint() {
        return upstream.endpoint();
    }

    public ProviderId provider() {
        return upstream.endpoint().id();
    }

    /** The model's name there. */
    public String model() {
        return upstream.model();
    }
}
