package com.neuralrouter.server.guardrail;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which guardrails acted on one request, and how often. Used by the request's thread. */
final class Tally {
    private final Map<String, Integer> acted = new TreeMap<>();

    void acted(String guardrail, Action action) {
        acted.merge(guardrail + ":" + action.word(), 1, Integer::sum);
    }

    /** As in {@code email:mask=2 iban:block=1}; empty if none did. */
    String text() {
        return acted.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }

    Map<String, Integer> counts() {
        return Map.copyOf(acted);
    }
}
