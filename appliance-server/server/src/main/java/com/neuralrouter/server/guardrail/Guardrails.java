package com.neuralrouter.server.guardrail;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.detect.DetectorCatalogue;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a policy can name: the detectors that are shipped. Plans are made once for each set of
 * names. Safe for all threads.
 */
public final class Guardrails {
    /** There are as many sets of names as there are policies; more would be an attack. */
    private static final int MOST_PLANS = 1_000;

    private static final int TAG = 5;

    private final DetectorCatalogue catalogue;
    private final GuardrailCounts counts;
    private final Map<Set<String>, GuardrailPlan> plans = new ConcurrentHashMap<>();

    public Guardrails(DetectorCatalogue catalogue, GuardrailCounts counts) {
        this.catalogue = catalogue;
        this.counts = counts;
    }

    /**
     * The guardrails of one request; null if there are none.
     *
     * @param names those that its policies name
     */
    public @Nullable GuardedExchange begin(Set<String> names, Operation operation, RequestId id) {
        if (names.isEmpty()) {
            return null;
        }
        String text = id.toString();
        return new GuardedExchange(
                plan(names), operation, text.substring(text.length() - TAG), counts);
    }

    private GuardrailPlan plan(Set<String> names) {
        GuardrailPlan known = plans.get(names);
        if (known != null) {
            return known;
        }
        GuardrailPlan made = GuardrailPlan.of(names, catalogue);
        if (plans.size() < MOST_PLANS) {
            plans.put(names, made);
        }
        return made;
    }
}
