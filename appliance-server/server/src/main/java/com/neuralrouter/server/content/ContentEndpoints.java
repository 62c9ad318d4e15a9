package com.neuralrouter.server.content;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.EraseContent;
import com.neuralrouter.contract.ExportContent;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ReadContent;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.Authorised;

/** {@code /admin/v1/content}, and which of it there is in a workspace. */
public final class ContentEndpoints implements AdminEndpoints {
    private final ContentCommands commands;

    public ContentEndpoints(ContentCommands commands) {
        this.commands = commands;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.WORKSPACES + "/{id}" + AdminApi.CONTENT_OF_WORKSPACE, this::list);
        routes.post(AdminApi.CONTENT_READ, this::read);
        routes.post(AdminApi.CONTENT_EXPORT, this::export);
        routes.post(AdminApi.CONTENT_ERASE, this::erase);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.REQUESTS_READ);
        return AdminAnswer.ok(
                commands.list(
                        request.id("id", WorkspaceId::new),
                        request.cursor().orElse(null),
                        request.limit()));
    }

    private AdminAnswer read(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.CONTENT_READ);
        return AdminAnswer.ok(commands.read(by, request.body(ReadContent.class)));
    }

    private AdminAnswer export(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.CONTENT_READ);
        return AdminAnswer.ok(commands.export(by, request.body(ExportContent.class)));
    }

    private AdminAnswer erase(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.CONTENT_ERASE);
        return AdminAnswer.ok(commands.erase(by, request.body(EraseContent.class)));
    }
}
