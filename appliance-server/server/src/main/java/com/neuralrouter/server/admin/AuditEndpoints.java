package com.neuralrouter.server.admin;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry.Outcome;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.audit.AuditQuery;
import com.neuralrouter.server.audit.AuditStore;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;

/**
 * {@code GET /admin/v1/audit}: the audit trail, newest first, paged by entry number; what is looked
 * for is in the query, see {@link AuditQuery}.
 */
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
        AuditQuery query = query(request);
        AuditStore.Found found = reads.read(tx -> store.search(tx, query, before, limit));
        String next = found.searchedTo() > 1 ? String.valueOf(found.searchedTo()) : null;
        return AdminAnswer.ok(new Page<>(found.entries(), next));
    }

    private static AuditQuery query(AdminHttpRequest request) {
        return new AuditQuery(
                time(request, "since"),
                time(request, "until"),
                request.query("actor").orElse(null),
                request.query("workspace").orElse(null),
                request.query("action").orElse(null),
                request.query("target").orElse(null),
                outcome(request),
                requestId(request),
                request.query("text").orElse(null));
    }

    private static @Nullable Instant time(AdminHttpRequest request, String name) {
        try {
            return request.query(name).map(Instant::parse).orElse(null);
        } catch (DateTimeParseException _) {
            throw AdminRefused.field(name, "must be a time as in 2026-11-23T22:00:00Z");
        }
    }

    private static @Nullable Outcome outcome(AdminHttpRequest request) {
        String text = request.query("outcome").orElse(null);
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().equals(text)) {
                return outcome;
            }
        }
        if (text != null) {
            throw AdminRefused.field("outcome", "must be DONE or REFUSED");
        }
        return null;
    }

    private static @Nullable UUID requestId(AdminHttpRequest request) {
        try {
            return request.query("request").map(UUID::fromString).orElse(null);
        } catch (IllegalArgumentException _) {
            throw AdminRefused.field("request", "must be a request id, a UUID");
        }
    }
}
