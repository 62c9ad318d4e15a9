package com.neuralrouter.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.policy.PolicyDecision.Permit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What a decision costs under a thousand rules: compiled to their meet once, asked for each request
 * with one destination. The levels are of every kind of rule, drawn with a fixed seed.
 */
@Tag("long")
class PolicySpeedTest {
    private static final Logger LOG = System.getLogger(PolicySpeedTest.class.getName());
    private static final int RULES = 1_000;
    private static final int DECISIONS = 400_000;
    private static final long SEED = 20_261_129;

    private final PolicyEngine engine = new PolicyEngine();

    @Test
    void decidesUnderAThousandRulesInFiveMicroseconds() {
        long refused = p99(levels(true), "drawn at random, nearly all refused");
        long permitted = p99(levels(false), "that permit, so that every rule is asked");

        assertThat(permitted).as("p99, ns").isLessThan(5_000);
        assertThat(refused).as("p99, ns").isLessThan(5_000);
    }

    private long p99(List<Policy> levels, String what) {
        CompiledPolicy policy = PolicyEngine.compile(levels);
        var some = new AnyPolicy(new SplittableRandom(SEED));
        List<PolicyFacts> facts = new ArrayList<>();
        List<Destination> destinations = new ArrayList<>();
        for (int i = 0; i < 1_024; i++) {
            facts.add(some.facts());
            destinations.add(some.destination());
        }
        long[] nanos = new long[DECISIONS];
        int permits = 0;
        for (int round = 0; round < 3; round++) {
            permits = 0;
            for (int i = 0; i < DECISIONS; i++) {
                PolicyFacts one = facts.get(i & 1_023);
                Destination to = destinations.get(i & 1_023);
                long from = System.nanoTime();
                boolean allowed =
                        engine.decide(policy, one) instanceof Permit permit
                                && permit.against(to) == null;
                nanos[i] = System.nanoTime() - from;
                permits += allowed ? 1 : 0;
            }
        }
        Arrays.sort(nanos);
        long p99 = nanos[DECISIONS / 100 * 99];
        LOG.log(
                Logger.Level.INFO,
                "{0} rules {1}: p50 {2} ns, p99 {3} ns, p99.9 {4} ns; {5} of {6} permitted",
                levels.stream().mapToInt(level -> level.rules().size()).sum(),
                what,
                String.valueOf(nanos[DECISIONS / 2]),
                String.valueOf(p99),
                String.valueOf(nanos[DECISIONS / 1000 * 999]),
                String.valueOf(permits),
                String.valueOf(DECISIONS));
        return p99;
    }

    private static List<Policy> levels(boolean drawn) {
        var some = new AnyPolicy(new SplittableRandom(SEED));
        var levels = new ArrayList<Policy>();
        for (int rules = 0; rules < RULES; ) {
            Policy level = drawn ? some.policy() : wide();
            levels.add(level);
            rules += level.rules().size();
        }
        return levels;
    }

    /** Rules of most kinds that let everything the generator draws pass. */
    private static Policy wide() {
        var all = new ArrayList<PolicyRule>();
        all.add(new PolicyRule.Names(RuleKind.ALLOWED_MODELS, Set.copyOf(AnyPolicy.MODELS)));
        all.add(new PolicyRule.Names(RuleKind.DENIED_MODELS, Set.of("none")));
        all.add(new PolicyRule.Names(RuleKind.ALLOWED_TOOLS, Set.copyOf(AnyPolicy.TOOLS)));
        all.add(new PolicyRule.Names(RuleKind.DENIED_TOOLS, Set.of("none")));
        all.add(new PolicyRule.Names(RuleKind.ALLOWED_PROVIDERS, Set.copyOf(AnyPolicy.PROVIDERS)));
        for (RuleKind kind :
                List.of(
                        RuleKind.MAX_REQUEST_BYTES,
                        RuleKind.MAX_INPUT_TOKENS,
                        RuleKind.MAX_OUTPUT_TOKENS,
                        RuleKind.MAX_TOTAL_TOKENS)) {
            all.add(new PolicyRule.Limit(kind, 1_000_000));
        }
        all.add(new PolicyRule.MaxClassification(Classification.RESTRICTED));
        return new Policy(Level.SITE, all);
    }
}
