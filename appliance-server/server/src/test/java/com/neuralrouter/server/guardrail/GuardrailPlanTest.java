package com.neuralrouter.server.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.detect.Detector;
import com.neuralrouter.server.detect.DetectorCatalogue;
import com.neuralrouter.server.detect.ShippedDetectors;
import com.neuralrouter.server.policy.GuardrailAction;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Plugs the hole of a level that weakens what another one named: more names are never less. */
class GuardrailPlanTest {
    private static final int CASES = 500;
    private static final List<String> NAMES =
            List.of(
                    "pii",
                    "pii:mask",
                    "pii:tokenise",
                    "email",
                    "email:mask@answer",
                    "email:tokenise@request",
                    "iban:block@answer",
                    "secrets:mask",
                    "request-text:100",
                    "request-text:50",
                    "answer-text:70",
                    "schema",
                    "guard=model(m)");

    private final DetectorCatalogue catalogue = ShippedDetectors.catalogue();

    @Test
    void doesUnderAMeetAtLeastWhatEachLevelNames() {
        long seed = Long.getLong("seed", 31);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            Set<String> one = some(random);
            Set<String> both = some(random);
            both.addAll(one);
            GuardrailPlan weaker = GuardrailPlan.of(one, catalogue);

            GuardrailPlan stricter = GuardrailPlan.of(both, catalogue);

            String why = "seed " + seed + ": " + one + " in " + both;
            assertNoLess(weaker.request(), stricter.request(), why);
            assertNoLess(weaker.answer(), stricter.answer(), why);
            assertThat(stricter.schema() || !weaker.schema()).as(why).isTrue();
        }
    }

    private static void assertNoLess(
            GuardrailPlan.Side weaker, GuardrailPlan.Side stricter, String why) {
        assertThat(stricter.most()).as(why).isLessThanOrEqualTo(weaker.most());
        assertThat(stricter.models()).as(why).containsAll(weaker.models());
        List<Detector> detectors = weaker.rules().scan().detectors();
        for (int i = 0; i < detectors.size(); i++) {
            GuardrailAction before = weaker.rules().actions().get(i);
            int at = stricter.rules().scan().detectors().indexOf(detectors.get(i));
            assertThat(at).as(why).isNotNegative();
            assertThat(stricter.rules().actions().get(at)).as(why).isLessThanOrEqualTo(before);
        }
    }

    private static Set<String> some(SplittableRandom random) {
        var names = new HashSet<String>();
        NAMES.forEach(name -> {
            if (random.nextInt(3) == 0) {
                names.add(name);
            }
        });
        return names;
    }
}
