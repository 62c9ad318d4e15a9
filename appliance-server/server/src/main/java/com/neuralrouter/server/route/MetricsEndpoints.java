package com.neuralrouter.server.route;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.provider.ProviderStore;

import java.util.function.Supplier;

/**
 * {@code GET /admin/v1/metrics}, for a program that watches the appliance: in Prometheus' text
 * format ("Exposition formats", version 0.0.4).
 */
public final class MetricsEndpoints implements AdminEndpoints {
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final SiteReads reads;
    private final ProviderStore providers;
    private final ProviderMetrics metrics;
    private final Supplier<String> others;

    /**
     * @param others what other rooms count, in the same format
     */
    public MetricsEndpoints(
            SiteReads reads,
            ProviderStore providers,
            ProviderMetrics metrics,
            Supplier<String> others) {
        this.reads = reads;
        this.providers = providers;
        this.metrics = metrics;
        this.others = others;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.METRICS, this::show);
    }

    private AdminAnswer show(AdminHttpRequest request) {
        request.authorise(Permission.ROUTES_READ);
        return AdminAnswer.text(FORMAT, metrics.of(reads.read(providers::all)) + others.get());
    }
}
