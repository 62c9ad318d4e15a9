package com.neuralrouter.server.retention;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.EraseFromTrail;
import com.neuralrouter.contract.LegalHoldId;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PlaceLegalHold;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.SiteReads;

/** {@code /admin/v1/audit/holds} and {@code /admin/v1/audit/erasures}. */
public final class RetentionEndpoints implements AdminEndpoints {
    private final SiteReads reads;
    private final LegalHoldStore holds;
    private final RetentionCommands commands;

    public RetentionEndpoints(SiteReads reads, LegalHoldStore holds, RetentionCommands commands) {
        this.reads = reads;
        this.holds = holds;
        this.commands = commands;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.AUDIT_HOLDS, this::list);
        routes.post(AdminApi.AUDIT_HOLDS, this::place);
        routes.post(AdminApi.AUDIT_HOLDS + "/{id}" + AdminApi.LIFT, this::lift);
        routes.post(AdminApi.AUDIT_ERASURES, this::erase);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.AUDIT_READ);
        return AdminAnswer.ok(new Page<>(reads.read(holds::all), null));
    }

    private AdminAnswer place(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.AUDIT_MANAGE);
        return AdminAnswer.created(commands.place(by, request.body(PlaceLegalHold.class)));
    }

    private AdminAnswer lift(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.AUDIT_MANAGE);
        return AdminAnswer.ok(commands.lift(by, request.id("id", LegalHoldId::new)));
    }

    private AdminAnswer erase(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.AUDIT_MANAGE);
        return AdminAnswer.ok(commands.erase(by, request.body(EraseFromTrail.class)));
    }
}
