package com.neuralrouter.server.guardrail;

import com.neuralrouter.server.policy.GuardrailAction;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often guardrails acted since the start, as numbers in Prometheus' text format. Labels are
 * names that administrators gave and words of this program. Safe for all threads.
 */
public final class GuardrailCounts {
    private static final String NAME = "neural_router_guardrail_actions_total";

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void acted(String guardrail, GuardrailAction action) {
        counts.computeIfAbsent(
                        "{guardrail=\"" + guardrail + "\",action=\"" + action.word() + "\"}",
                        _ -> new LongAdder())
                .increment();
    }

    /** As it is shown. */
    public String text() {
        if (counts.isEmpty()) {
            return "";
        }
        var text = new StringBuilder();
        text.append("# HELP ").append(NAME).append(" How often guardrails acted.\n");
        text.append("# TYPE ").append(NAME).append(" counter\n");
        new TreeMap<>(counts)
                .forEach((labels, count) ->
                        text.append(NAME)
                                .append(labels)
                                .append(' ')
                                .append(count.sum())
                                .append('\n'));
        return text.toString();
    }
}
