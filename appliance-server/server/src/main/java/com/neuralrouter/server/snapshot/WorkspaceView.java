package com.neuralrouter.server.snapshot;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.secret.SecretBytes;

import java.util.Map;
import java.util.Optional;

/**
 * A workspace as the inference plane knows it.
 *
 * @param policies what its requests are decided by
 * @param routes those it may use, by public model name
 * @param credentials its own credentials, opened, by provider; they live as long as the snapshot
 *     can be in use
 */
public record WorkspaceView(
        WorkspaceId id,
        String name,
        boolean suspended,
        WorkspacePolicies policies,
        Map<String, Route> routes,
        Map<ProviderId, SecretBytes> credentials) {

    public WorkspaceView {
        routes = Map.copyOf(routes);
        credentials = Map.copyOf(credentials);
    }

    public Optional<Route> route(String model) {
        return Optional.ofNullable(routes.get(model));
    }

    public Optional<SecretBytes> credential(ProviderId provider) {
        return Optional.ofNullable(credentials.get(provider));
    }
}
