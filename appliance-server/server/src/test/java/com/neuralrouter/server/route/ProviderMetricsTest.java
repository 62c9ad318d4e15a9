package com.neuralrouter.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.metric.Exposition;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.ProviderFailure.Rejected;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.route.Prober.Probed;
import com.neuralrouter.server.route.ProviderStandings.Cause;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The numbers as Prometheus' text format wants them. */
class ProviderMetricsTest {
    private static final String SAMPLE =
            "neural_router_[a-z_]+\\{provider=\"[^\"\\n]*\"(,[a-z]+=\"([^\"\\\\\\n]|\\\\.)*\")?\\} "
                    + "[0-9]+(\\.[0-9]+)?";

    private final Clock clock = Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);
    private final UpstreamHealth health = new UpstreamHealth(clock);
    private final ProviderStandings standings = new ProviderStandings();
    private final ProbeBook probes = new ProbeBook();
    private final StoredProvider one = provider(1, "gpu-one");
    private final StoredProvider other = provider(2, "gpu-two");

    private static StoredProvider provider(int number, String name) {
        return new StoredProvider(
                new Endpoint(
                        new ProviderId(new UUID(4, number)),
                        name,
                        ProviderKind.OPENAI,
                        URI.create("http://" + name + ".test/v1"),
                        Authentication.NONE,
                        null),
                null,
                Instant.EPOCH);
    }

    private String text() {
        var metrics = new ProviderMetrics(() -> List.of(one, other), health, standings, probes);
        var told = new Exposition(metrics.families());
        metrics.writeTo(told);
        return told.text();
    }

    @Test
    void tellsStandingsSuspensionsProbesWindowsAndAttempts() {
        ProviderId id = one.endpoint().id();
        health.succeeded(id, "llama \"3\"");
        health.failed(id, "llama \"3\"", new Rejected("500", 500));
        standings.count(id, Cause.ERRORS);
        standings.count(id, Cause.ERRORS);
        probes.note(id, new Probed(true, 12, "it answered"), clock.instant());

        assertThat(text().lines())
                .contains(
                        "neural_router_provider_standing{provider=\"gpu-one\",standing=\"in_service\"}"
                            + " 1",
                        "neural_router_provider_standing{provider=\"gpu-two\",standing=\"suspended\"}"
                            + " 0",
                        "neural_router_provider_suspensions_total{provider=\"gpu-one\",reason=\"errors\"}"
                            + " 2",
                        "neural_router_provider_suspensions_total{provider=\"gpu-one\",reason=\"manual\"}"
                            + " 0",
                        "neural_router_provider_probe_good{provider=\"gpu-one\"} 1",
                        "neural_router_provider_probe_seconds{provider=\"gpu-one\"} 0.012",
                        "neural_router_provider_window_requests{provider=\"gpu-one\"} 2",
                        "neural_router_provider_window_error_ratio{provider=\"gpu-one\"} 0.5",
                        "neural_router_upstream_attempts_total{provider=\"gpu-one\",model=\"llama"
                                + " \\\"3\\\"\"} 2",
                        "neural_router_upstream_failures_total{provider=\"gpu-one\",model=\"llama"
                                + " \\\"3\\\"\"} 1");
    }

    @Test
    void everyMetricIsToldOfOnceWithItsSamplesTogether() {
        health.succeeded(one.endpoint().id(), "a");
        health.succeeded(other.endpoint().id(), "b");

        List<String> lines = text().lines().toList();

        assertThat(lines.stream().filter(line -> line.startsWith("# TYPE ")))
                .doesNotHaveDuplicates();
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.startsWith("# ") || line.matches(SAMPLE))
                                .as(line)
                                .isTrue());
        List<String> names =
                lines.stream()
                        .map(line ->
                                line.startsWith("# ") ? line.split(" ")[2] : line.split("\\{")[0])
                        .toList();
        assertThat(runs(names)).isEqualTo(names.stream().distinct().toList());
    }

    /** Each name once for each place where it begins. */
    private static List<String> runs(List<String> names) {
        return Stream.iterate(0, i -> i < names.size(), i -> i + 1)
                .filter(i -> i == 0 || !names.get(i).equals(names.get(i - 1)))
                .map(names::get)
                .toList();
    }
}
