package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderHealth.Probe;
import com.neuralrouter.contract.ProviderHealth.Standing;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.route.ProviderStandings.Cause;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How providers are doing, as numbers in Prometheus' text format. Labels are names that
 * administrators gave and words of this program; nothing that an app sends is among them. Safe for
 * all threads.
 */
public final class ProviderMetrics {
    private static final long USUAL_WINDOW = 60_000;

    private final UpstreamHealth health;
    private final ProviderStandings standings;
    private final ProbeBook probes;

    public ProviderMetrics(UpstreamHealth health, ProviderStandings standings, ProbeBook probes) {
        this.health = health;
        this.standings = standings;
        this.probes = probes;
    }

    String of(List<StoredProvider> providers) {
        var families = new Families();
        for (StoredProvider provider : providers) {
            standing(provider, families);
            window(provider, families);
            upstreams(provider, families);
        }
        return families.text();
    }

    private void standing(StoredProvider provider, Families to) {
        ProviderId id = provider.endpoint().id();
        String name = provider.endpoint().name();
        for (Standing standing : Standing.values()) {
            to.gauge("provider_standing", "Whether a provider has that standing: 1 or 0.")
                    .add(standings.of(id) == standing ? 1 : 0, name, "standing", word(standing));
        }
        for (Cause cause : Cause.values()) {
            to.counter("provider_suspensions_total", "Suspensions since the start, by reason.")
                    .add(standings.counted(id, cause), name, "reason", word(cause));
        }
        Probe probe = probes.last(id);
        if (probe != null) {
            to.gauge("provider_probe_good", "Whether the last probe was good: 1 or 0.")
                    .add(probe.good() ? 1 : 0, name);
            to.gauge("provider_probe_seconds", "How long the last probe took.")
                    .add(probe.millis() / 1e3, name);
        }
    }

    private void window(StoredProvider provider, Families to) {
        String name = provider.endpoint().name();
        Sla sla = Terms.of(provider.service()).sla();
        long window = sla == null ? USUAL_WINDOW : sla.windowMillis();
        WindowSums sums = health.sums(provider.endpoint().id(), window);
        to.gauge("provider_window_requests", "Requests in the window of its promise.")
                .add(sums.requests(), name);
        to.gauge("provider_window_availability_ratio", "The share of them that was answered.")
                .add(sums.availability() / 1e3, name);
        to.gauge("provider_window_error_ratio", "The share that was answered with an error.")
                .add(sums.errorRate() / 1e3, name);
        to.gauge(
                        "provider_window_first_token_seconds",
                        "Within which nineteen of twenty answers began; 0 if none did.")
                .add(sums.firstTokenMillis() / 1e3, name);
        to.gauge("provider_window_tokens_per_second", "While answers were written; 0 if none was.")
                .add(sums.tokensPerSecond(), name);
    }

    private void upstreams(StoredProvider provider, Families to) {
        String name = provider.endpoint().name();
        health.each(
                provider.endpoint().id(),
                (model, shown) -> {
                    to.counter("upstream_attempts_total", "Attempts since the start.")
                            .add(shown.attempts(), name, "model", model);
                    to.counter("upstream_failures_total", "Attempts that failed.")
                            .add(shown.failures(), name, "model", model);
                });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Metrics by their names, each with its samples together, as the format wants it. */
    private static final class Families {
        private final Map<String, Family> byName = new TreeMap<>();

        Family gauge(String name, String help) {
            return family(name, "gauge", help);
        }

        Family counter(String name, String help) {
            return family(name, "counter", help);
        }

        private Family family(String name, String type, String help) {
            String whole = "neural_router_" + name;
            return byName.computeIfAbsent(whole, _ -> new Family(whole, type, help));
        }

        String text() {
            var text = new StringBuilder();
            byName.values().forEach(family -> text.append(family.text));
            return text.toString();
        }
    }

    /** One metric. */
    private static final class Family {
        private final String name;
        private final StringBuilder text = new StringBuilder();

        Family(String name, String type, String help) {
            this.name = name;
            text.append("# HELP ").append(name).append(' ').append(help).append('\n');
            text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        }

        void add(double value, String provider) {
            text.append(name).append("{provider=\"").append(escaped(provider)).append("\"} ");
            end(value);
        }

        void add(double value, String provider, String label, String is) {
            text.append(name)
                    .append("{provider=\"")
                    .append(escaped(provider))
                    .append("\",")
                    .append(label)
                    .append("=\"")
                    .append(escaped(is))
                    .append("\"} ");
            end(value);
        }

        private void end(double value) {
            boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
            text.append(whole ? Long.toString((long) value) : Double.toString(value)).append('\n');
        }

        private static String escaped(String label) {
            return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        }
    }
}
