package com.neuralrouter.server.admin;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.audit.AuditStore;
import com.neuralrouter.server.store.Tx;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** {@code GET /admin/v1/status}: what the desktop's status bar shows. */
public final class StatusEndpoints implements AdminEndpoints {
    private final Facts facts;
    private final SiteReads reads;
    private final SiteStore site;
    private final AuditStore audit;
    private final LongSupplier snapshot;
    private final Waiting waiting;
    private final Clock clock;

    /**
     * What is known outside the store; see {@link ApplianceStatus}. The URL is asked for late,
     * because the system may choose the port.
     */
    public record Facts(
            String name,
            String version,
            Instant startedAt,
            Supplier<String> inferenceUrl,
            Supplier<Set<ApplianceStatus.Alert>> alerts) {}

    /** Knows what waits for an administrator. */
    public interface Waiting {
        /** How many changes wait for that one's decision. */
        int decisions(Tx tx, AdminCaller caller);
    }

    /**
     * @param snapshot the version of the snapshot that the inference plane works by
     */
    public StatusEndpoints(
            Facts facts,
            SiteReads reads,
            SiteStore site,
            AuditStore audit,
            LongSupplier snapshot,
            Waiting waiting,
            Clock clock) {
        this.facts = facts;
        this.reads = reads;
        this.site = site;
        this.audit = audit;
        this.snapshot = snapshot;
        this.waiting = waiting;
        this.clock = clock;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.STATUS, this::status);
    }

    private AdminAnswer status(AdminHttpRequest request) {
        request.authorise(Permission.STATUS_READ);
        AdminCaller caller = request.caller();
        return AdminAnswer.ok(
                reads.read(tx ->
                        new ApplianceStatus(
                                facts.name(),
                                facts.version(),
                                site.installation(tx).orElseThrow().toString(),
                                snapshot.getAsLong(),
                                audit.last(tx),
                                clock.instant(),
                                facts.startedAt(),
                                facts.inferenceUrl().get(),
                                facts.alerts().get(),
                                waiting.decisions(tx, caller),
                                new ApplianceStatus.You(
                                        caller.device(),
                                        caller.name(),
                                        caller.person(),
                                        caller.role(),
                                        caller.role().permissions()))));
    }
}
