package com.neuralrouter.server.vault;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.contract.VaultStatus.WorkspaceKey;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.VaultRecord;
import com.neuralrouter.server.secret.WorkspaceKeyVersion;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.workspace.WorkspaceStore;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /admin/v1/vault} and the rotation of workspaces' keys. */
public final class VaultEndpoints implements AdminEndpoints {
    private final SiteReads reads;
    private final Vault vault;
    private final KeyRing keys;
    private final KeyRotation rotation;
    private final WorkspaceStore workspaces;
    private final VaultCommands commands;

    public VaultEndpoints(
            SiteReads reads,
            Vault vault,
            KeyRing keys,
            KeyRotation rotation,
            WorkspaceStore workspaces,
            VaultCommands commands) {
        this.reads = reads;
        this.vault = vault;
        this.keys = keys;
        this.rotation = rotation;
        this.workspaces = workspaces;
        this.commands = commands;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.VAULT, this::show);
        routes.post(AdminApi.VAULT_ROTATE, this::rotateRoot);
        routes.post(
                AdminApi.WORKSPACES + "/{id}" + AdminApi.ROTATE_KEY_OF_WORKSPACE,
                this::rotateWorkspace);
    }

    private AdminAnswer show(AdminHttpRequest request) {
        request.authorise(Permission.KEYS_READ);
        return status();
    }

    private AdminAnswer rotateRoot(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.KEYS_MANAGE);
        commands.rotateRoot(by);
        return status();
    }

    private AdminAnswer rotateWorkspace(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.KEYS_MANAGE);
        commands.rotateWorkspace(by, request.id("id", WorkspaceId::new));
        return status();
    }

    private AdminAnswer status() {
        return AdminAnswer.ok(reads.read(this::status));
    }

    private VaultStatus status(Tx tx) {
        VaultRecord record = vault.record();
        Map<WorkspaceId, List<WorkspaceKeyVersion>> versions =
                keys.versions(tx).stream()
                        .collect(Collectors.groupingBy(WorkspaceKeyVersion::workspace));
        return new VaultStatus(
                record.seal().kind(),
                record.incoming().isPresent(),
                record.rootKey().version(),
                record.rootKey().createdAt(),
                record.rootKeys().size() - 1,
                rotation.pending(tx),
                workspaces.all(tx).stream()
                        .filter(workspace -> versions.containsKey(workspace.id()))
                        .map(workspace ->
                                key(workspace, versions.getOrDefault(workspace.id(), List.of())))
                        .toList());
    }

    /** Versions come in their order. */
    private static WorkspaceKey key(Workspace workspace, List<WorkspaceKeyVersion> versions) {
        WorkspaceKeyVersion newest = versions.getLast();
        return new WorkspaceKey(
                workspace.id(),
                workspace.name(),
                newest.version(),
                newest.createdAt(),
                versions.size() - 1);
    }
}
