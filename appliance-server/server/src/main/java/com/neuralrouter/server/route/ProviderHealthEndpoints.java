package com.neuralrouter.server.route;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ChangeStanding;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProviderHealth;
import com.neuralrouter.contract.ProviderHealth.Promise;
import com.neuralrouter.contract.ProviderHealth.Window;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.provider.ProviderStore;
import com.neuralrouter.server.provider.StoredProvider;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** {@code GET /admin/v1/provider-health}, and taking a provider out of service and back. */
public final class ProviderHealthEndpoints implements AdminEndpoints {
    private static final long USUAL_WINDOW = 60_000;

    private final SiteReads reads;
    private final ProviderStore providers;
    private final UpstreamHealth health;
    private final ProviderStandings standings;
    private final ProbeBook book;
    private final SuspensionCommands commands;

    public ProviderHealthEndpoints(
            SiteReads reads,
            ProviderStore providers,
            UpstreamHealth health,
            ProviderStandings standings,
            ProbeBook book,
            SuspensionCommands commands) {
        this.reads = reads;
        this.providers = providers;
        this.health = health;
        this.standings = standings;
        this.book = book;
        this.commands = commands;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.PROVIDER_HEALTH, this::list);
        routes.post(AdminApi.PROVIDERS + "/{id}" + AdminApi.SUSPEND, this::suspend);
        routes.post(AdminApi.PROVIDERS + "/{id}" + AdminApi.RESUME, this::resume);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.ROUTES_READ);
        List<ProviderHealth> all = reads.read(providers::all).stream().map(this::wire).toList();
        return AdminAnswer.ok(new Page<>(all, null));
    }

    private AdminAnswer suspend(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.PROVIDERS_MANAGE);
        ProviderId id = request.id("id", ProviderId::new);
        commands.suspend(by, id, request.body(ChangeStanding.class));
        return AdminAnswer.ok(one(id));
    }

    private AdminAnswer resume(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.PROVIDERS_MANAGE);
        ProviderId id = request.id("id", ProviderId::new);
        commands.resume(by, id, request.body(ChangeStanding.class));
        return AdminAnswer.ok(one(id));
    }

    private ProviderHealth one(ProviderId id) {
        return wire(
                reads.read(tx -> providers.find(tx, id))
                        .orElseThrow(() -> AdminRefused.notFound("provider", id)));
    }

    private ProviderHealth wire(StoredProvider provider) {
        ProviderId id = provider.endpoint().id();
        Suspension suspension = standings.suspension(id);
        Sla sla = Terms.of(provider.service()).sla();
        long window = sla == null ? USUAL_WINDOW : sla.windowMillis();
        WindowSums sums = health.sums(id, window);
        List<ProviderCondition.Asked> asked = health.asked(id);
        return new ProviderHealth(
                id,
                provider.endpoint().name(),
                standings.of(id),
                suspension == null ? null : suspension.since(),
                suspension != null && suspension.automatic(),
                suspension == null ? null : suspension.reason(),
                ProviderCondition.of(asked, book.last(id), health.now()),
                lastAnswer(asked, book.lastGood(id)),
                new Window(
                        window / 1_000,
                        sums.requests(),
                        sums.availability(),
                        sums.errorRate(),
                        sums.firstTokenMillis(),
                        sums.tokensPerSecond()),
                promise(sla),
                sla == null ? List.of() : sums.breaches(sla, sla.leastRequests()),
                book.last(id));
    }

    private static @Nullable Instant lastAnswer(
            List<ProviderCondition.Asked> asked, @Nullable Instant probed) {
        long success = ProviderCondition.lastSuccess(asked);
        Instant answered = success < 0 ? null : Instant.ofEpochMilli(success);
        if (answered == null || probed == null) {
            return answered == null ? probed : answered;
        }
        return answered.isAfter(probed) ? answered : probed;
    }

    private static @Nullable Promise promise(@Nullable Sla sla) {
        return sla == null
                ? null
                : new Promise(
                        sla.availability(),
                        sla.errors(),
                        sla.firstTokenMillis(),
                        sla.tokensPerSecond());
    }
}
