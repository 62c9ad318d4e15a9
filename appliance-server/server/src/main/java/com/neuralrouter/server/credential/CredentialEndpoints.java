package com.neuralrouter.server.credential;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.CredentialId;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.provider.ProviderStore;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.workspace.WorkspaceStore;

import java.util.List;

/** {@code /admin/v1/workspaces/{id}/credentials} and {@code /admin/v1/credentials/{id}}. */
public final class CredentialEndpoints implements AdminEndpoints {
    private final SiteReads reads;
    private final CredentialStore store;
    private final WorkspaceStore workspaces;
    private final ProviderStore providers;
    private final CredentialCommands commands;

    public CredentialEndpoints(
            SiteReads reads,
            CredentialStore store,
            WorkspaceStore workspaces,
            ProviderStore providers,
            CredentialCommands commands) {
        this.reads = reads;
        this.store = store;
        this.workspaces = workspaces;
        this.providers = providers;
        this.commands = commands;
    }

    @Override
    public void addTo(Routes routes) {
        String ofWorkspace = AdminApi.WORKSPACES + "/{id}" + AdminApi.CREDENTIALS_OF_WORKSPACE;
        routes.get(ofWorkspace, this::list);
        routes.post(ofWorkspace, this::put);
        routes.delete(AdminApi.CREDENTIALS + "/{id}", this::delete);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.CREDENTIALS_READ);
        WorkspaceId workspace = request.id("id", WorkspaceId::new);
        return AdminAnswer.ok(new Page<>(reads.read(tx -> credentials(tx, workspace)), null));
    }

    private List<Credential> credentials(Tx tx, WorkspaceId workspace) {
        if (workspaces.find(tx, workspace).isEmpty()) {
            throw AdminRefused.notFound("workspace", workspace);
        }
        return store.of(tx, workspace).stream()
                .map(stored ->
                        stored.wire(
                                providers
                                        .find(tx, stored.providerId())
                                        .orElseThrow()
                                        .endpoint()
                                        .name()))
                .toList();
    }

    private AdminAnswer put(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.CREDENTIALS_MANAGE);
        WorkspaceId workspace = request.id("id", WorkspaceId::new);
        return AdminAnswer.created(commands.put(by, workspace, request.body(PutCredential.class)));
    }

    private AdminAnswer delete(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.CREDENTIALS_MANAGE);
        commands.delete(by, request.id("id", CredentialId::new));
        return AdminAnswer.noContent();
    }
}
