package com.neuralrouter.server.provider;

import com.neuralrouter.contract.Provider;

import java.time.Instant;

/** A provider as it lies in the store. */
public record StoredProvider(Endpoint endpoint, Instant createdAt) {

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
