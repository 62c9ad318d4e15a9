package com.neuralrouter.server.admin;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.audit.AuditStore;

import java.util.List;

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

        List<AuditEntry> entries = reads.read(tx -> store.before(tx, before, limit + 1));

        boolean more = entries.size() > limit;
        List<AuditEntry> page = more ? entries.subList(0, limit) : entries;
        return AdminAnswer.ok(
                new Page<>(page, more ? String.valueOf(page.getLast().sequence()) : null));
    }
}
