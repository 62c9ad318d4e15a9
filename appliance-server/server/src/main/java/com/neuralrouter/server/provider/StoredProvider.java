package com.neuralrouter.server.provider;

import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.ServiceDocument;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A provider as it lies in the store.
 *
 * @param service what is declared of its service; null if nothing is
 */
public record StoredProvider(
        Endpoint endpoint, @Nullable ServiceDocument service, Instant createdAt) {

    public Provider wire() {
        return new Provider(
                endpoint.id(),
                endpoint.name(),
                endpoint.kind(),
                endpoint.address().map(Object::toString).orElse(null),
                endpoint.authentication(),
                endpoint.destination().jurisdiction(),
                endpoint.destination().region(),
                endpoint.destination().trainsOnData(),
                endpoint.destination().keeps(),
                endpoint.pins().size(),
                createdAt);
    }
}
