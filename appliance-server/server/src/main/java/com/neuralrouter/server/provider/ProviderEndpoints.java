package com.neuralrouter.server.provider;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.Pages;
import com.neuralrouter.server.admin.SiteReads;

/** {@code GET /admin/v1/providers}; a site's document is what changes them. */
public final class ProviderEndpoints implements AdminEndpoints {
    private final SiteReads reads;
    private final ProviderStore store;

    public ProviderEndpoints(SiteReads reads, ProviderStore store) {
        this.reads = reads;
        this.store = store;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.PROVIDERS, this::list);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.ROUTES_READ);
        int limit = request.limit();
        String after = request.query("cursor").orElse("");
        return AdminAnswer.ok(
                Pages.of(
                        reads.read(tx -> store.after(tx, after, limit + 1)),
                        limit,
                        StoredProvider::wire,
                        provider -> provider.endpoint().name()));
    }
}
