package com.neuralrouter.server.route;

import java.util.List;

/**
 * Where one request is sent, in which order, and which of the route's upstreams it is not sent to
 * and why. The attempts and the dropped ones together are the route's upstreams.
 */
public record RoutePlan(List<Attempt> attempts, List<Dropped> dropped) {

    public RoutePlan {
        attempts = List.copyOf(attempts);
        dropped = List.copyOf(dropped);
    }

    /** An upstream that is not asked. */
    public record Dropped(Route.Upstream upstream, Reason reason) {}

    /** Why an upstream is not asked. */
    public enum Reason {
        /** A policy does not let this caller use the provider. */
        PROVIDER_NOT_ALLOWED,
        /** The provider wants a credential, and the workspace has none for it. */
        CREDENTIAL_MISSING
    }

    /** Whether there is nobody to ask. */
    public boolean empty() {
        return attempts.isEmpty();
    }
}
