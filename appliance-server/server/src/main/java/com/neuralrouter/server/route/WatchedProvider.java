package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.server.provider.Endpoint;

import java.util.List;

/**
 * A provider that routes lead to.
 *
 * @param models those that routes ask it for; at least one
 */
public record WatchedProvider(Endpoint endpoint, Terms terms, List<String> models) {

    public WatchedProvider {
        models = List.copyOf(models);
    }

    ProviderId id() {
        return endpoint.id();
    }

    /** Whom a completion is asked of. */
    String probedModel() {
        String named = terms.probing().model();
        return named == null ? models.getFirst() : named;
    }
}
