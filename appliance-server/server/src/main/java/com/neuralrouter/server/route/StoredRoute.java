package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.contract.WorkspaceId;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A route as it lies in the store.
 *
 * @param allWorkspaces whether every workspace may use it, the future ones too
 * @param workspaces those that may use it otherwise; empty if all may
 * @param upstreams in the order in which they are tried
 */
public record StoredRoute(
        RouteId id,
        String name,
        String model,
        boolean allWorkspaces,
        Set<WorkspaceId> workspaces,
        List<StoredUpstream> upstreams,
        Instant createdAt) {

    public StoredRoute {
        workspaces = Set.copyOf(workspaces);
        upstreams = List.copyOf(upstreams);
    }

    /** One place it leads to, with the model's name there. */
    public record StoredUpstream(ProviderId provider, String model) {}

    public boolean grants(WorkspaceId workspace) {
        return allWorkspaces || workspaces.contains(workspace);
    }

    /** Whether a workspace could use both under the same model name. */
    boolean collidesWith(StoredRoute other) {
        return model.equals(other.model)
                && (allWorkspaces
                        || other.allWorkspaces
                        || workspaces.stream().anyMatch(other.workspaces::contains));
    }
}
