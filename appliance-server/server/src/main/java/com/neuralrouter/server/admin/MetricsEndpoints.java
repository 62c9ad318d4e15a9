package com.neuralrouter.server.admin;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.metric.Exposition;
import com.neuralrouter.server.metric.MetricFamily;
import com.neuralrouter.server.metric.Metrics;
import com.neuralrouter.server.store.StoreFailure;

import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * {@code GET /admin/v1/metrics}, for a program that watches the appliance: in Prometheus' text
 * format ("Exposition formats", version 0.0.4). What a room can't tell, because the store or a disk
 * fails, is left out: that is when the rest is needed most.
 */
public final class MetricsEndpoints implements AdminEndpoints {
    private static final Logger LOG = System.getLogger(MetricsEndpoints.class.getName());
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private static final MetricFamily MISSING =
            MetricFamily.gauge(
                    "metrics_missing",
                    "How many parts of the appliance could not tell their numbers this time.");

    public static final List<MetricFamily> FAMILIES = List.of(MISSING);

    private final List<Metrics> rooms;

    public MetricsEndpoints(List<Metrics> rooms) {
        this.rooms = List.copyOf(rooms);
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.METRICS, this::show);
    }

    private AdminAnswer show(AdminHttpRequest request) {
        request.authorise(Permission.ROUTES_READ);
        return AdminAnswer.text(FORMAT, told(rooms));
    }

    static String told(List<Metrics> rooms) {
        var text = new StringBuilder();
        int missing = 0;
        for (Metrics room : rooms) {
            try {
                var told = new Exposition(room.families());
                room.writeTo(told);
                text.append(told.text());
            } catch (StoreFailure | UncheckedIOException failure) {
                LOG.log(
                        Level.WARNING,
                        "numbers could not be told room={0} cause={1}",
                        room.getClass().getSimpleName(),
                        failure.getClass().getName());
                missing++;
            }
        }
        var own = new Exposition(FAMILIES);
        own.add(MISSING, missing);
        return text.append(own.text()).toString();
    }
}
