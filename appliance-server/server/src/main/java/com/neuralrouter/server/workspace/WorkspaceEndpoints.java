package com.neuralrouter.server.workspace;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.CreateWorkspace;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.Pages;
import com.neuralrouter.server.admin.SiteReads;

import java.util.function.Function;

/** {@code /admin/v1/workspaces}. */
public final class WorkspaceEndpoints implements AdminEndpoints {
    private final SiteReads reads;
    private final WorkspaceStore store;
    private final WorkspaceCommands commands;

    public WorkspaceEndpoints(SiteReads reads, WorkspaceStore store, WorkspaceCommands commands) {
        this.reads = reads;
        this.store = store;
        this.commands = commands;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.WORKSPACES, this::list);
        routes.post(AdminApi.WORKSPACES, this::create);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.WORKSPACES_READ);
        int limit = request.limit();
        String after = request.query("cursor").orElse("");
        return AdminAnswer.ok(
                Pages.of(
                        reads.read(tx -> store.after(tx, after, limit + 1)),
                        limit,
                        Function.identity(),
                        Workspace::name));
    }

    private AdminAnswer create(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.WORKSPACES_MANAGE);
        Workspace made = commands.create(by, request.body(CreateWorkspace.class));
        return AdminAnswer.created(made).withVersion(made.version());
    }
}
