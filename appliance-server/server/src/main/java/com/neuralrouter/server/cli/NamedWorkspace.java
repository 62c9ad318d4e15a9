package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.contract.WorkspaceId;

/** Finds a workspace by its name. */
final class NamedWorkspace {
    private NamedWorkspace() {}

    static WorkspaceId id(AdminClient client, String name) {
        return client.get(AdminApi.VAULT, VaultStatus.class).workspaces().stream()
                .filter(each -> each.workspace().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailed("There is no workspace '" + name + "'."))
                .workspaceId();
    }
}
