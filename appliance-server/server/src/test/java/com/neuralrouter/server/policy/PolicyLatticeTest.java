package com.neuralrouter.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.policy.PolicyDecision.Permit;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Plugs the hole of a level that widens what another one narrowed: policies are a lattice. */
class PolicyLatticeTest {
    private static final int CASES = 20_000;

    private final PolicyEngine engine = new PolicyEngine();

    @Test
    void permitsUnderAMeetOnlyWhatBothPermit() {
        int[] permitted = {0};
        forManyCases(some -> {
            Policy p = some.policy();
            Policy q = some.policy();
            PolicyFacts facts = some.facts();
            Destination to = some.destination();

            if (permits(p.meet(q), facts, to)) {
                permitted[0]++;
                assertThat(permits(p, facts, to)).isTrue();
                assertThat(permits(q, facts, to)).isTrue();
            }
        });
        assertThat(permitted[0]).as("cases that say something").isGreaterThan(CASES / 10);
    }

    @Test
    void asksForNoLessUnderAMeet() {
        forManyCases(some -> {
            Policy p = some.policy();
            Policy q = some.policy();
            PolicyFacts facts = some.facts();

            if (decide(p.meet(q), facts) instanceof Permit both) {
                Permit one = (Permit) decide(p, facts);
                assertThat(both.outputCap().orElse(Integer.MAX_VALUE))
                        .isLessThanOrEqualTo(one.outputCap().orElse(Integer.MAX_VALUE));
                assertThat(both.guardrails()).containsAll(one.guardrails());
                assertThat(both.classification()).isGreaterThanOrEqualTo(one.classification());
                one.maxRetention()
                        .ifPresent(most ->
                                assertThat(both.maxRetention().orElseThrow())
                                        .isLessThanOrEqualTo(most));
            }
        });
    }

    @Test
    void meetsInAnyOrder() {
        forManyCases(some -> {
            Policy p = some.policy();
            Policy q = some.policy();

            assertThat(p.meet(q)).isEqualTo(q.meet(p));
        });
    }

    @Test
    void meetsInAnyGrouping() {
        forManyCases(some -> {
            Policy p = some.policy();
            Policy q = some.policy();
            Policy r = some.policy();

            assertThat(p.meet(q).meet(r)).isEqualTo(p.meet(q.meet(r)));
        });
    }

    @Test
    void meetsItselfInItself() {
        forManyCases(some -> {
            Policy p = some.policy();

            assertThat(p.meet(p)).isEqualTo(p);
        });
    }

    /** What makes several levels one decision: nothing depends on how they are compiled. */
    @Test
    void decidesByLevelsAsByTheirMeet() {
        forManyCases(some -> {
            List<Policy> levels =
                    IntStream.range(0, some.random().nextInt(5))
                            .mapToObj(_ -> some.policy())
                            .toList();
            PolicyFacts facts = some.facts();
            Destination to = some.destination();
            Policy met =
                    levels.stream().reduce(new Policy(Policy.Level.SITE, List.of()), Policy::meet);

            assertThat(permits(engine.decide(levels, facts), to))
                    .isEqualTo(permits(met, facts, to));
        });
    }

    @Test
    void permitsNothingMoreWhenALevelIsAdded() {
        forManyCases(some -> {
            List<Policy> levels = List.of(some.policy(), some.policy());
            var longer = new ArrayList<>(levels);
            longer.add(some.random().nextInt(3), some.policy());
            PolicyFacts facts = some.facts();
            Destination to = some.destination();

            if (permits(engine.decide(longer, facts), to)) {
                assertThat(permits(engine.decide(levels, facts), to)).isTrue();
            }
        });
    }

    /** A copy needs the site's word; every level has to agree, and none below can add to it. */
    @Test
    void permitsACopyOnlyWhereTheSiteSaysSoAndNoLevelObjects() {
        int[] permitted = {0};
        forManyCases(some -> {
            List<Policy> levels =
                    Stream.of(Policy.Level.SITE, Policy.Level.WORKSPACE, Policy.Level.KEY)
                            .map(level -> withShadows(some, level))
                            .toList();
            PolicyFacts facts = some.facts();
            Destination to = some.destination();

            if (copies(engine.decide(levels, facts), to)) {
                permitted[0]++;
                assertThat(permits(engine.decide(levels, facts), to)).isTrue();
                assertThat(levels.getFirst().rule(RuleKind.ALLOWED_SHADOWS)).isNotNull();
                assertThat(levels)
                        .allSatisfy(level -> assertThat(forbidsCopy(level, to)).isFalse());
                assertThat(copies(engine.decide(levels.subList(0, 2), facts), to)).isTrue();
                assertThat(copies(engine.decide(levels.subList(0, 1), facts), to)).isTrue();
            }
        });
        assertThat(permitted[0]).as("cases that say something").isGreaterThan(CASES / 100);
    }

    private static Policy withShadows(AnyPolicy some, Policy.Level level) {
        var rules = new ArrayList<>(some.policy().rules());
        if (some.random().nextInt(3) > 0) {
            rules.add(some.rule(RuleKind.ALLOWED_SHADOWS));
        }
        return new Policy(level, rules);
    }

    private static boolean forbidsCopy(Policy level, Destination to) {
        return level.rule(RuleKind.ALLOWED_SHADOWS) instanceof PolicyRule.Names rule
                && !rule.names().contains(to.provider());
    }

    private static boolean copies(PolicyDecision decision, Destination to) {
        return decision instanceof Permit permit && permit.againstCopy(to) == null;
    }

    private boolean permits(Policy policy, PolicyFacts facts, Destination to) {
        return permits(decide(policy, facts), to);
    }

    private static boolean permits(PolicyDecision decision, Destination to) {
        return decision instanceof Permit permit && permit.against(to) == null;
    }

    private PolicyDecision decide(Policy policy, PolicyFacts facts) {
        return engine.decide(List.of(policy), facts);
    }

    private static void forManyCases(Consumer<AnyPolicy> check) {
        for (long seed = 1; seed <= CASES; seed++) {
            try {
                check.accept(new AnyPolicy(new SplittableRandom(seed)));
            } catch (AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
    }
}
