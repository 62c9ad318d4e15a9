package com.neuralrouter.server.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Prometheus' text format, byte for byte, and what can't be told in it. */
class ExpositionTest {
    private static final MetricFamily DOORS =
            MetricFamily.counter("doors_total", "Doors that were opened.", "house", "side");
    private static final MetricFamily WARMTH = MetricFamily.gauge("warmth_celsius", "How warm.");
    private static final MetricFamily WAITS =
            MetricFamily.histogram("wait_seconds", "Waits.", List.of(0.1, 1.0), "side");

    private final Exposition told = new Exposition(List.of(DOORS, WARMTH, WAITS));

    @Test
    void tellsEachFamilyOnceWithItsSamplesTogether() {
        told.add(DOORS, 1, "north", "front");
        told.add(WARMTH, -0.5);
        told.add(DOORS, 2, "north", "back");

        assertThat(told.text())
                .isEqualTo(
                        """
                        # HELP neural_router_doors_total Doors that were opened.
                        # TYPE neural_router_doors_total counter
                        neural_router_doors_total{house="north",side="front"} 1
                        neural_router_doors_total{house="north",side="back"} 2
                        # HELP neural_router_warmth_celsius How warm.
                        # TYPE neural_router_warmth_celsius gauge
                        neural_router_warmth_celsius -0.5
                        # HELP neural_router_wait_seconds Waits.
                        # TYPE neural_router_wait_seconds histogram
                        """);
    }

    @Test
    void countsWhatIsAtABoundBelowIt() {
        var waits = new Histogram(WAITS);
        waits.add(50_000);
        waits.add(100_000);
        waits.add(100_001);
        waits.add(7_000_000);
        told.add(WAITS, waits, "left");

        assertThat(told.text())
                .endsWith(
                        """
                        neural_router_wait_seconds_bucket{side="left",le="0.1"} 2
                        neural_router_wait_seconds_bucket{side="left",le="1"} 3
                        neural_router_wait_seconds_bucket{side="left",le="+Inf"} 4
                        neural_router_wait_seconds_sum{side="left"} 7.250001
                        neural_router_wait_seconds_count{side="left"} 4
                        """);
        PrometheusText.parse(told.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a \"quoted\" one", "back\\slash", "two\nlines", "\\n", "ü,=}", ""})
    void comesBackAsItWasWhateverALabelHolds(String house) {
        told.add(DOORS, 3, house, "front");

        assertThat(
                        PrometheusText.parse(told.text())
                                .value(
                                        "neural_router_doors_total",
                                        "house",
                                        house,
                                        "side",
                                        "front"))
                .isEqualTo(3);
    }

    @Test
    void writesLargeNumbersSoThatTheyAreTheSame() {
        told.add(DOORS, 9_007_199_254_740_991L, "north", "front");
        told.add(WARMTH, 1e300);

        var parsed = PrometheusText.parse(told.text());

        assertThat(told.text()).contains(" 9007199254740991\n");
        assertThat(parsed.value("neural_router_warmth_celsius")).isEqualTo(1e300);
    }

    @Test
    void refusesSamplesOfWhatIsNotToldOfAndLabelsThatAreMissing() {
        var other = MetricFamily.gauge("other", "Something else.");

        assertThatThrownBy(() -> told.add(other, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> told.add(DOORS, 1, "north"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesFamiliesThatAreNotNamedAsTheyAre() {
        assertThatThrownBy(() -> MetricFamily.counter("doors", "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MetricFamily.gauge("doors_total", "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MetricFamily.gauge("doors", "two\nlines"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MetricFamily.gauge("doors", "x", "not a label"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MetricFamily.histogram("doors", "x", List.of(2.0, 1.0)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
