package com.neuralrouter.server.admin;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.audit.AuditStore;

import java.util.function.Function;

/** {@code GET /admin/v1/audit}: the audit trail, newest first, paged by entry number. */
public final class AuditEndpoints implements AdminEndpoints {
    private final SiteReads reads;
    private final AuditStore store;

    public AuditEndpoints(SiteReads reads, AuditStore store) {
        this.reads = reads;
        this.store = store;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.AUDIT, this::list);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.AUDIT_READ);
        int limit = request.limit();
        long before = request.number("cursor").orElse(Long.MAX_VALUE);
        return AdminAnswer.ok(
                Pages.of(
                        reads.read(tx -> store.before(tx, before, limit + 1)),
                        limit,
                        Function.<AuditEntry>identity(),
                        entry -> String.valueOf(entry.sequence())));
    }
}
