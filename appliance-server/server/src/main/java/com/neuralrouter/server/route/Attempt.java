package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.server.provider.Endpoint;

/**
 * One step of a {@link RoutePlan}: an upstream that may be asked.
 *
 * @param standing why it stands where it stands in the plan
 * @param score what the route's strategy ordered it by, less being better; 0 where the order is the
 *     route's
 */
public record Attempt(Route.Upstream upstream, Standing standing, double score) {

    public Attempt(Route.Upstream upstream, Standing standing) {
        this(upstream, standing, 0);
    }

    /** How an upstream got its place. */
    public enum Standing {
        /** Where the strategy put it: nothing speaks against it. */
        READY,
        /** First although it failed last: this request finds out whether it is back. */
        PROBE,
        /** First for this request, because it is among the canary's share. */
        CANARY,
        /** Behind the others: it failed a moment ago. */
        FAILING,
        /** Its circuit is open, but there is nobody else to ask. */
        LAST_RESORT
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
