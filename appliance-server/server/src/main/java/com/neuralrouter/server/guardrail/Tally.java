package com.neuralrouter.server.guardrail;

import com.neuralrouter.server.policy.GuardrailAction;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which guardrails acted on one request, and how often. Used by the request's thread. */
final class Tally {
    private final Map<String, Integer> acted = new TreeMap<>();
    private final GuardrailCounts counts;

    Tally(GuardrailCounts counts) {
        this.counts = counts;
    }

    void acted(String guardrail, GuardrailAction action) {
        acted.merge(guardrail + ":" + action.word(), 1, Integer::sum);
        counts.acted(guardrail, action);
    }

    /** As in {@code email:mask=2 iban:block=1}; empty if none did. */
    String text() {
        return acted.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }
}
