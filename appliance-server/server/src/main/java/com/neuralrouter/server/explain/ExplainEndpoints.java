package com.neuralrouter.server.explain;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ExplainRoute;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;

/** {@code GET /admin/v1/requests/{id}/explanation} and {@code POST /admin/v1/routes/explain}. */
public final class ExplainEndpoints implements AdminEndpoints {
    private final Explainer explainer;

    public ExplainEndpoints(Explainer explainer) {
        this.explainer = explainer;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.REQUESTS + "/{id}" + AdminApi.EXPLANATION, this::ofRequest);
        routes.post(AdminApi.ROUTES_EXPLAIN, this::ofNobodys);
    }

    private AdminAnswer ofRequest(AdminHttpRequest request) {
        request.authorise(Permission.REQUESTS_READ);
        return AdminAnswer.ok(explainer.of(request.id("id", RequestId::new)));
    }

    private AdminAnswer ofNobodys(AdminHttpRequest request) {
        request.authorise(Permission.ROUTES_READ);
        return AdminAnswer.ok(explainer.of(request.body(ExplainRoute.class)));
    }
}
