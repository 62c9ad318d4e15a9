package com.neuralrouter.server.apikey;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.Pages;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.workspace.WorkspaceStore;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /admin/v1/workspaces/{id}/api-keys} and {@code /admin/v1/api-keys/{id}/revoke}. */
public final class ApiKeyEndpoints implements AdminEndpoints {
    /** Above every id of ours: as text, which is how the database orders UUIDs. */
    private static final UUID NEWEST = new UUID(-1, -1);

    private final SiteReads reads;
    private final ApiKeyStore store;
    private final WorkspaceStore workspaces;
    private final LastUses lastUses;
    private final ApiKeyCommands commands;
    private final Clock clock;

    public ApiKeyEndpoints(
            SiteReads reads,
            ApiKeyStore store,
            WorkspaceStore workspaces,
            LastUses lastUses,
            ApiKeyCommands commands,
            Clock clock) {
        this.reads = reads;
        this.store = store;
        this.workspaces = workspaces;
        this.lastUses = lastUses;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public void addTo(Routes routes) {
        String ofWorkspace = AdminApi.WORKSPACES + "/{id}" + AdminApi.API_KEYS_OF_WORKSPACE;
        routes.get(ofWorkspace, this::list);
        routes.post(ofWorkspace, this::create);
        routes.post(AdminApi.API_KEYS + "/{id}" + AdminApi.REVOKE, this::revoke);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.API_KEYS_READ);
        WorkspaceId workspace = request.id("id", WorkspaceId::new);
        int limit = request.limit();
        UUID before = request.cursor().orElse(NEWEST);
        return AdminAnswer.ok(reads.read(tx -> page(tx, workspace, before, limit)));
    }

    private Page<ApiKey> page(Tx tx, WorkspaceId workspace, UUID before, int limit) {
        if (workspaces.find(tx, workspace).isEmpty()) {
            throw AdminRefused.notFound("workspace", workspace);
        }
        List<StoredApiKey> found = store.before(tx, workspace, before, limit + 1);
        Map<ApiKeyId, Instant> used =
                lastUses.of(tx, found.stream().map(StoredApiKey::id).toList());
        Instant now = clock.instant();
        return Pages.of(
                found, limit, key -> key.wire(now, used.get(key.id())), key -> key.id().toString());
    }

    private AdminAnswer create(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.API_KEYS_MANAGE);
        WorkspaceId workspace = request.id("id", WorkspaceId::new);
        return AdminAnswer.created(
                commands.create(by, workspace, request.body(CreateApiKey.class)));
    }

    private AdminAnswer revoke(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.API_KEYS_MANAGE);
        return AdminAnswer.ok(commands.revoke(by, request.id("id", ApiKeyId::new)));
    }
}
