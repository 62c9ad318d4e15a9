package com.neuralrouter.server.catalogue;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ImportCatalogue;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.SiteReads;

/** {@code /admin/v1/catalogue}. */
public final class CatalogueEndpoints implements AdminEndpoints {
    private final SiteReads reads;
    private final Catalogues catalogues;
    private final CatalogueCommands commands;

    public CatalogueEndpoints(SiteReads reads, Catalogues catalogues, CatalogueCommands commands) {
        this.reads = reads;
        this.catalogues = catalogues;
        this.commands = commands;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.CATALOGUE, this::show);
        routes.post(AdminApi.CATALOGUE_IMPORT, this::importCatalogue);
    }

    private AdminAnswer show(AdminHttpRequest request) {
        request.authorise(Permission.ROUTES_READ);
        return AdminAnswer.ok(reads.read(catalogues::shown));
    }

    private AdminAnswer importCatalogue(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.CATALOGUE_MANAGE);
        return AdminAnswer.ok(
                commands.importCatalogue(by, request.siteBody(ImportCatalogue.class)));
    }
}
