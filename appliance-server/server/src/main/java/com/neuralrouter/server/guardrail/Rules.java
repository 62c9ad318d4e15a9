package com.neuralrouter.server.guardrail;

import com.neuralrouter.server.detect.Detector;
import com.neuralrouter.server.detect.Scan;
import com.neuralrouter.server.policy.GuardrailAction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The detectors that look at one side, the strictest first. Immutable.
 *
 * @param actions by the detector's place in the scan
 */
record Rules(Scan scan, List<GuardrailAction> actions) {
    static final Rules NONE = new Rules(new Scan(List.of()), List.of());

    Rules {
        actions = List.copyOf(actions);
    }

    /** Where two say different things about one detector, the stricter one has been kept. */
    static Rules of(Map<Detector, GuardrailAction> wanted) {
        var sorted = new ArrayList<>(wanted.entrySet());
        sorted.sort(
                Comparator.comparing((Map.Entry<Detector, GuardrailAction> each) -> each.getValue())
                        .thenComparing(each -> each.getKey().id()));
        return new Rules(
                new Scan(sorted.stream().map(Map.Entry::getKey).toList()),
                sorted.stream().map(Map.Entry::getValue).toList());
    }

    boolean isEmpty() {
        return actions.isEmpty();
    }
}
