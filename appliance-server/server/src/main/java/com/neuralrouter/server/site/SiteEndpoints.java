package com.neuralrouter.server.site;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.site.SitePlanner.Unnamed;

/** {@code /admin/v1/site}: the site as a document, out and in. */
public final class SiteEndpoints implements AdminEndpoints {
    private final SiteCommands commands;

    public SiteEndpoints(SiteCommands commands) {
        this.commands = commands;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.SITE, this::export);
        routes.post(AdminApi.SITE_PLAN, this::plan);
        routes.post(AdminApi.SITE_APPLY, this::apply);
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

    private static SiteDocument document(AdminHttpRequest request) {
        return request.siteBody(SiteDocument.class);
    }

    private static Unnamed unnamed(AdminHttpRequest request) {
        return request.flag("prune") ? Unnamed.REMOVE : Unnamed.KEEP;
    }
}
