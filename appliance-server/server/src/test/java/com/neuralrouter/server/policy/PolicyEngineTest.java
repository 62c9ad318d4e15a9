package com.neuralrouter.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.policy.PolicyDecision.Permit;
import com.neuralrouter.server.policy.PolicyDecision.Refuse;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plugs the hole of a level that widens what another one narrowed. */
class PolicyEngineTest {
    private static final List<String> MODELS = List.of("small", "large", "other");
    private static final List<String> PROVIDERS = List.of("here", "there", "abroad");

    private static final int CASES = 2_000;

    private final PolicyEngine engine = new PolicyEngine();

    @Test
    void permitsNothingMoreWhenALevelIsAdded() {
        forManyCases(some -> {
            List<Policy> levels = some.levels();
            PolicyFacts facts = some.facts();
            var longer = new ArrayList<>(levels);
            longer.add(some.policy());

            assertNotWider(engine.decide(levels, facts), engine.decide(longer, facts));
        });
    }

    @Test
    void permitsTheSameInWhateverOrderTheLevelsCome() {
        forManyCases(some -> {
            List<Policy> levels = some.levels();
            PolicyFacts facts = some.facts();

            PolicyDecision one = engine.decide(levels, facts);
            PolicyDecision other = engine.decide(levels.reversed(), facts);

            assertNotWider(one, other);
            assertNotWider(other, one);
        });
    }

    @Test
    void permitsWhatEachLevelAlonePermits() {
        forManyCases(some -> {
            List<Policy> levels = some.levels();
            PolicyFacts facts = some.facts();
            boolean each =
                    levels.stream()
                            .allMatch(level ->
                                    engine.decide(List.of(level), facts) instanceof Permit);

            assertThat(engine.decide(levels, facts) instanceof Permit).isEqualTo(each);
        });
    }

    @Test
    void namesTheRuleAndTheLevelThatRefuse() {
        Policy site = new Policy(Level.SITE, List.of(new PolicyRule.DeniedModels(Set.of("large"))));
        Policy workspace =
                new Policy(Level.WORKSPACE, List.of(new PolicyRule.AllowedModels(Set.of("small"))));

        var decision =
                (Refuse) engine.decide(List.of(site, workspace), new PolicyFacts("other", 1, -1));

        assertThat(decision.ruleId()).isEqualTo("allowedModels");
        assertThat(decision.level()).isEqualTo(Level.WORKSPACE);
    }

    @Test
    void capsWhatTheRequestLeavesOpenAtTheLowestOfAllLevels() {
        Policy site = new Policy(Level.SITE, List.of(new PolicyRule.MaxOutputTokens(500)));
        Policy workspace = new Policy(Level.WORKSPACE, List.of(new PolicyRule.MaxOutputTokens(70)));

        var decision =
                (Permit) engine.decide(List.of(site, workspace), new PolicyFacts("small", 1, -1));

        assertThat(decision.outputCap()).hasValue(70);
    }

    @Test
    void permitsEverythingWhereThereIsNoRule() {
        var decision =
                (Permit) engine.decide(List.of(), new PolicyFacts("small", 1 << 20, 1 << 20));

        assertThat(decision.allowsProvider("anybody")).isTrue();
        assertThat(decision.outputCap()).isEqualTo(OptionalInt.empty());
    }

    private static void assertNotWider(PolicyDecision before, PolicyDecision after) {
        if (after instanceof Permit wider) {
            assertThat(before).isInstanceOf(Permit.class);
            Permit narrower = (Permit) before;
            for (String provider : PROVIDERS) {
                if (wider.allowsProvider(provider)) {
                    assertThat(narrower.allowsProvider(provider)).isTrue();
                }
            }
            assertThat(wider.outputCap().orElse(Integer.MAX_VALUE))
                    .isLessThanOrEqualTo(narrower.outputCap().orElse(Integer.MAX_VALUE));
        }
    }

    private static void forManyCases(Consumer<Some> check) {
        for (long seed = 1; seed <= CASES; seed++) {
            try {
                check.accept(new Some(new SplittableRandom(seed)));
            } catch (AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
    }

    /** Draws policies and facts, few enough that they often meet. */
    private record Some(SplittableRandom random) {

        List<Policy> levels() {
            return IntStream.range(0, random.nextInt(4)).mapToObj(_ -> policy()).toList();
        }

        Policy policy() {
            Level level = Level.values()[random.nextInt(Level.values().length)];
            return new Policy(
                    level, IntStream.range(0, random.nextInt(5)).mapToObj(_ -> rule()).toList());
        }

        PolicyFacts facts() {
            return new PolicyFacts(
                    MODELS.get(random.nextInt(MODELS.size())),
                    random.nextInt(101),
                    random.nextInt(-1, 101));
        }

        private PolicyRule rule() {
            return switch (random.nextInt(5)) {
                case 0 -> new PolicyRule.AllowedModels(someOf(MODELS));
                case 1 -> new PolicyRule.DeniedModels(someOf(MODELS));
                case 2 -> new PolicyRule.AllowedProviders(someOf(PROVIDERS));
                case 3 -> new PolicyRule.MaxOutputTokens(random.nextInt(1, 101));
                default -> new PolicyRule.MaxRequestBytes(random.nextInt(1, 101));
            };
        }

        private Set<String> someOf(List<String> all) {
            return all.stream().filter(_ -> random.nextBoolean()).collect(Collectors.toSet());
        }
    }
}
