package com.neuralrouter.server.site;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.DeleteWorkspace;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.site.SitePlanner.Unnamed;

/**
 * {@code /admin/v1/site}: the site as a document, out and in; and the deletion of a workspace,
 * which takes something from everywhere in the site.
 */
public final class SiteEndpoints implements AdminEndpoints {
    private final SiteCommands commands;
    private final WorkspaceRemoval removal;

    public SiteEndpoints(SiteCommands commands, WorkspaceRemoval removal) {
        this.commands = commands;
        this.removal = removal;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.SITE, this::export);
        routes.post(AdminApi.SITE_PLAN, this::plan);
        routes.post(AdminApi.SITE_APPLY, this::apply);
        routes.post(
                AdminApi.WORKSPACES + "/{id}" + AdminApi.DELETE_WORKSPACE, this::deleteWorkspace);
    }

    private AdminAnswer export(AdminHttpRequest request) {
        return AdminAnswer.ok(commands.export(request.authorise(Permission.SITE_EXPORT)));
    }

    private AdminAnswer plan(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.SITE_APPLY);
        return AdminAnswer.ok(commands.plan(by, document(request), unnamed(request)));
    }

    private AdminAnswer apply(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.SITE_APPLY);
        return AdminAnswer.ok(commands.apply(by, document(request), unnamed(request)));
    }

    private AdminAnswer deleteWorkspace(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.WORKSPACES_DELETE);
        return AdminAnswer.ok(
                removal.delete(
                        by,
                        request.id("id", WorkspaceId::new),
                        request.body(DeleteWorkspace.class).name()));
    }

    private static SiteDocument document(AdminHttpRequest request) {
        return request.siteBody(SiteDocument.class);
    }

    private static Unnamed unnamed(AdminHttpRequest request) {
        return request.flag("prune") ? Unnamed.REMOVE : Unnamed.KEEP;
    }
}
