package com.neuralrouter.server.guardrail;

import com.neuralrouter.server.metric.Exposition;
import com.neuralrouter.server.metric.MetricFamily;
import com.neuralrouter.server.metric.Metrics;
import com.neuralrouter.server.policy.GuardrailAction;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often guardrails acted since the start. Labels are names that administrators gave and words
 * of this program. Safe for all threads.
 */
public final class GuardrailCounts implements Metrics {
    private static final MetricFamily ACTIONS =
            MetricFamily.counter(
                    "guardrail_actions_total",
                    "How often guardrails acted.",
                    "guardrail",
                    "action");

    public static final List<MetricFamily> FAMILIES = List.of(ACTIONS);

    private final Map<Acted, LongAdder> counts = new ConcurrentHashMap<>();

    private record Acted(String guardrail, GuardrailAction action) {}

    void acted(String guardrail, GuardrailAction action) {
        counts.computeIfAbsent(new Acted(guardrail, action), _ -> new LongAdder()).increment();
    }

    @Override
    public List<MetricFamily> families() {
        return FAMILIES;
    }

    @Override
    public void writeTo(Exposition to) {
        counts.entrySet().stream()
                .sorted(
                        Comparator.comparing(
                                (Map.Entry<Acted, LongAdder> entry) -> entry.getKey().toString()))
                .forEach(entry -> {
                    Acted acted = entry.getKey();
                    to.add(
                            ACTIONS,
                            entry.getValue().sum(),
                            acted.guardrail(),
                            acted.action().word());
                });
    }
}
