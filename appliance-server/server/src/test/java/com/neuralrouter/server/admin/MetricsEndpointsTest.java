package com.neuralrouter.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.metric.Exposition;
import com.neuralrouter.server.metric.MetricFamily;
import com.neuralrouter.server.metric.Metrics;
import com.neuralrouter.server.metric.PrometheusText;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The numbers of all rooms, of those too whose neighbours fail. */
class MetricsEndpointsTest {

    private static Metrics room(String name, Runnable before) {
        MetricFamily family = MetricFamily.gauge(name, "A number.");
        return new Metrics() {
            @Override
            public List<MetricFamily> families() {
                return List.of(family);
            }

            @Override
            public void writeTo(Exposition to) {
                to.add(family, 7);
                before.run();
            }
        };
    }

    private static void fails() {
        throw new UncheckedIOException(new IOException("no disk"));
    }

    @Test
    void tellsAllRoomsInTheirOrder() {
        var told =
                PrometheusText.parse(
                        MetricsEndpoints.told(List.of(room("b", () -> {}), room("a", () -> {}))));

        assertThat(told.names())
                .containsExactly(
                        "neural_router_b", "neural_router_a", "neural_router_metrics_missing");
        assertThat(told.value("neural_router_metrics_missing")).isZero();
    }

    @Test
    void leavesOutARoomThatFailsAndSaysThatOneIsMissing() {
        var told =
                PrometheusText.parse(
                        MetricsEndpoints.told(
                                List.of(
                                        room("a", MetricsEndpointsTest::fails),
                                        room("b", () -> {}))));

        assertThat(told.names())
                .containsExactly("neural_router_b", "neural_router_metrics_missing");
        assertThat(told.value("neural_router_b")).isEqualTo(7);
        assertThat(told.value("neural_router_metrics_missing")).isEqualTo(1);
    }
}
