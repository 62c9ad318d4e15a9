package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderHealth.Probe;
import com.neuralrouter.contract.ProviderHealth.Standing;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.server.metric.Exposition;
import com.neuralrouter.server.metric.MetricFamily;
import com.neuralrouter.server.metric.Metrics;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.route.ProviderStandings.Cause;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How providers are doing. Labels are names that administrators gave and words of this program;
 * nothing that an app sends is among them. Safe for all threads.
 */
public final class ProviderMetrics implements Metrics {
    private static final MetricFamily STANDING =
            gauge("standing", "Whether a provider has that standing: 1 or 0.", "standing");
    private static final MetricFamily SUSPENSIONS =
            MetricFamily.counter(
                    "provider_suspensions_total",
                    "Suspensions since the start, by reason.",
                    "provider",
                    "reason");
    private static final MetricFamily PROBE_GOOD =
            gauge("probe_good", "Whether the last probe was good: 1 or 0.");
    private static final MetricFamily PROBE =
            gauge("probe_seconds", "How long the last probe took.");
    private static final MetricFamily REQUESTS =
            gauge("window_requests", "Requests in the window of its promise.");
    private static final MetricFamily AVAILABILITY =
            gauge("window_availability_ratio", "The share of them that was answered.");
    private static final MetricFamily ERRORS =
            gauge("window_error_ratio", "The share that was answered with an error.");
    private static final MetricFamily FIRST_TOKEN =
            gauge(
                    "window_first_token_seconds",
                    "Within which nineteen of twenty answers began; 0 if none did.");
    private static final MetricFamily SPEED =
            gauge("window_tokens_per_second", "While answers were written; 0 if none was.");
    private static final MetricFamily ATTEMPTS =
            MetricFamily.counter(
                    "upstream_attempts_total", "Attempts since the start.", "provider", "model");
    private static final MetricFamily FAILURES =
            MetricFamily.counter(
                    "upstream_failures_total", "Attempts that failed.", "provider", "model");

    public static final List<MetricFamily> FAMILIES =
            List.of(
                    STANDING,
                    SUSPENSIONS,
                    PROBE_GOOD,
                    PROBE,
                    REQUESTS,
                    AVAILABILITY,
                    ERRORS,
                    FIRST_TOKEN,
                    SPEED,
                    ATTEMPTS,
                    FAILURES);

    private static final long USUAL_WINDOW = 60_000;

    private final Supplier<List<StoredProvider>> providers;
    private final UpstreamHealth health;
    private final ProviderStandings standings;
    private final ProbeBook probes;

    /**
     * @param providers those there are; may throw that the store fails
     */
    public ProviderMetrics(
            Supplier<List<StoredProvider>> providers,
            UpstreamHealth health,
            ProviderStandings standings,
            ProbeBook probes) {
        this.providers = providers;
        this.health = health;
        this.standings = standings;
        this.probes = probes;
    }

    private static MetricFamily gauge(String name, String help, String... more) {
        String[] labels =
                Stream.concat(Stream.of("provider"), Stream.of(more)).toArray(String[]::new);
        return MetricFamily.gauge("provider_" + name, help, labels);
    }

    @Override
    public List<MetricFamily> families() {
        return FAMILIES;
    }

    @Override
    public void writeTo(Exposition to) {
        for (StoredProvider provider : providers.get()) {
            standing(provider, to);
            window(provider, to);
            upstreams(provider, to);
        }
    }

    private void standing(StoredProvider provider, Exposition to) {
        ProviderId id = provider.endpoint().id();
        String name = provider.endpoint().name();
        for (Standing standing : Standing.values()) {
            to.add(STANDING, standings.of(id) == standing ? 1 : 0, name, word(standing));
        }
        for (Cause cause : Cause.values()) {
            to.add(SUSPENSIONS, standings.counted(id, cause), name, word(cause));
        }
        Probe probe = probes.last(id);
        if (probe != null) {
            to.add(PROBE_GOOD, probe.good() ? 1 : 0, name);
            to.add(PROBE, probe.millis() / 1e3, name);
        }
    }

    private void window(StoredProvider provider, Exposition to) {
        String name = provider.endpoint().name();
        Sla sla = Terms.of(provider.service()).sla();
        long window = sla == null ? USUAL_WINDOW : sla.windowMillis();
        WindowSums sums = health.sums(provider.endpoint().id(), window);
        to.add(REQUESTS, sums.requests(), name);
        to.add(AVAILABILITY, sums.availability() / 1e3, name);
        to.add(ERRORS, sums.errorRate() / 1e3, name);
        to.add(FIRST_TOKEN, sums.firstTokenMillis() / 1e3, name);
        to.add(SPEED, sums.tokensPerSecond(), name);
    }

    private void upstreams(StoredProvider provider, Exposition to) {
        String name = provider.endpoint().name();
        health.each(
                provider.endpoint().id(),
                (model, shown) -> {
                    to.add(ATTEMPTS, shown.attempts(), name, model);
                    to.add(FAILURES, shown.failures(), name, model);
                });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
