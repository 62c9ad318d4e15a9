package com.neuralrouter.server.usage;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.Authorised;

/** {@code /admin/v1/usage}: what requests came to. */
public final class UsageEndpoints implements AdminEndpoints {
    private final UsageReports reports;

    public UsageEndpoints(UsageReports reports) {
        this.reports = reports;
    }

    @Override
    public void addTo(Routes routes) {
        routes.post(AdminApi.USAGE_QUERY, this::query);
        routes.post(AdminApi.USAGE_EXPORT, this::export);
    }

    private AdminAnswer query(AdminHttpRequest request) {
        request.authorise(Permission.USAGE_READ);
        return AdminAnswer.ok(reports.report(request.body(UsageQuery.class)));
    }

    private AdminAnswer export(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.USAGE_EXPORT);
        return AdminAnswer.ok(reports.export(by, request.body(UsageQuery.class)));
    }
}
