package com.neuralrouter.server.route;

import java.util.List;

/**
 * Where one request is sent, in which order, and which of the route's upstreams it is not sent to
 * and why. The attempts, the reserves, the shadows and the dropped ones together are the route's
 * upstreams.
 *
 * @param route whose plan it is
 * @param seed of the plan's chance: the same seed draws the same again
 * @param attempts in the order in which they are made
 * @param reserves asked only after an answer that their {@code use} names
 * @param shadows get a copy of this request; their answers are thrown away
 */
public record RoutePlan(
        Route route,
        long seed,
        List<Attempt> attempts,
        List<Route.Upstream> reserves,
        List<Route.Upstream> shadows,
        List<Dropped> dropped) {

    public RoutePlan {
        attempts = List.copyOf(attempts);
        reserves = List.copyOf(reserves);
        shadows = List.copyOf(shadows);
        dropped = List.copyOf(dropped);
    }

    /** An upstream that is not asked. */
    public record Dropped(Route.Upstream upstream, Reason reason) {}

    /** Why an upstream is not asked. */
    public enum Reason {
        /** A policy does not let this caller use the provider. */
        PROVIDER_NOT_ALLOWED,
        /** A policy does not let the request leave for where the provider is. */
        JURISDICTION_NOT_ALLOWED,
        /** A policy does not let the request go to the provider's region. */
        REGION_NOT_ALLOWED,
        /** The provider may train on what it is sent, and a policy forbids that. */
        MAY_TRAIN,
        /** The provider keeps content longer than a policy allows, or does not say how long. */
        KEEPS_TOO_LONG,
        /** It would get a copy, and no policy permits that, or one forbids it. */
        SHADOW_NOT_ALLOWED,
        /** The provider wants a credential, and the workspace has none for it. */
        CREDENTIAL_MISSING,
        /** The route's condition for it does not hold for this request. */
        CONDITION_NOT_MET,
        /** It fails again and again, and it is not time to find out whether it is back. */
        CIRCUIT_OPEN,
        /** Its provider is suspended. */
        SUSPENDED,
        /** Its provider has just come back and gets a share only; this request is not in it. */
        RETURNING,
        /** It sees a share of the requests only, and this one is not among them. */
        NOT_IN_SHARE
    }

    /** Whether there is nobody to ask. */
    public boolean empty() {
        return attempts.isEmpty();
    }
}
