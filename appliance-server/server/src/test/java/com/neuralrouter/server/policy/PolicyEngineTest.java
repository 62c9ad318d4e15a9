package com.neuralrouter.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.policy.PolicyDecision.Permit;
import com.neuralrouter.server.policy.PolicyDecision.Refuse;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Plugs the hole of a level that widens what another one narrowed. */
class PolicyEngineTest {
    private static final List<String> MODELS = List.of("small", "large", "other");
    private static final List<String> PROVIDERS = List.of("here", "there", "abroad");

    private final PolicyEngine engine = new PolicyEngine();

    @Property
    void permitsNothingMoreWhenALevelIsAdded(
            @ForAll("levels") List<Policy> levels,
            @ForAll("policies") Policy added,
            @ForAll("facts") PolicyFacts facts) {
        var longer = new ArrayList<>(levels);
        longer.add(added);

        assertNotWider(engine.decide(levels, facts), engine.decide(longer, facts));
    }

    @Property
    void permitsTheSameInWhateverOrderTheLevelsCome(
            @ForAll("levels") List<Policy> levels, @ForAll("facts") PolicyFacts facts) {
        var reversed = new ArrayList<>(levels);
        Collections.reverse(reversed);

        PolicyDecision one = engine.decide(levels, facts);
        PolicyDecision other = engine.decide(reversed, facts);

        assertNotWider(one, other);
        assertNotWider(other, one);
    }

    @Property
    void permitsWhatEachLevelAlonePermits(
            @ForAll("levels") List<Policy> levels, @ForAll("facts") PolicyFacts facts) {
        boolean each =
                levels.stream()
                        .allMatch(level -> engine.decide(List.of(level), facts) instanceof Permit);

        assertThat(engine.decide(levels, facts) instanceof Permit).isEqualTo(each);
    }

    @Example
    void namesTheRuleAndTheLevelThatRefuse() {
        Policy site = new Policy(Level.SITE, List.of(new PolicyRule.DeniedModels(Set.of("large"))));
        Policy workspace =
                new Policy(Level.WORKSPACE, List.of(new PolicyRule.AllowedModels(Set.of("small"))));

        var decision =
                (Refuse) engine.decide(List.of(site, workspace), new PolicyFacts("other", 1, -1));

        assertThat(decision.ruleId()).isEqualTo("allowedModels");
        assertThat(decision.level()).isEqualTo(Level.WORKSPACE);
    }

    @Example
    void capsWhatTheRequestLeavesOpenAtTheLowestOfAllLevels() {
        Policy site = new Policy(Level.SITE, List.of(new PolicyRule.MaxOutputTokens(500)));
        Policy workspace = new Policy(Level.WORKSPACE, List.of(new PolicyRule.MaxOutputTokens(70)));

        var decision =
                (Permit) engine.decide(List.of(site, workspace), new PolicyFacts("small", 1, -1));

        assertThat(decision.outputCap()).hasValue(70);
    }

    @Example
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

    @Provide
    Arbitrary<List<Policy>> levels() {
        return policies().list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<Policy> policies() {
        return Combinators.combine(Arbitraries.of(Level.class), rules().list().ofMaxSize(4))
                .as(Policy::new);
    }

    @Provide
    Arbitrary<PolicyFacts> facts() {
        return Combinators.combine(
                        Arbitraries.of(MODELS),
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.longs().between(-1, 100))
                .as(PolicyFacts::new);
    }

    private static Arbitrary<PolicyRule> rules() {
        Arbitrary<Set<String>> models = Arbitraries.of(MODELS).set();
        Arbitrary<Integer> numbers = Arbitraries.integers().between(1, 100);
        return Arbitraries.oneOf(
                models.map(PolicyRule.AllowedModels::new),
                models.map(PolicyRule.DeniedModels::new),
                Arbitraries.of(PROVIDERS).set().map(PolicyRule.AllowedProviders::new),
                numbers.map(PolicyRule.MaxOutputTokens::new),
                numbers.map(PolicyRule.MaxRequestBytes::new));
    }
}
