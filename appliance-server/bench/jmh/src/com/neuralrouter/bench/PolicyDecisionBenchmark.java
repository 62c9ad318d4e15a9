package com.neuralrouter.bench;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.server.policy.Classification;
import com.neuralrouter.server.policy.CompiledPolicy;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.Policy;
import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.policy.PolicyDecision.Permit;
import com.neuralrouter.server.policy.PolicyEngine;
import com.neuralrouter.server.policy.PolicyFacts;
import com.neuralrouter.server.policy.PolicyFacts.Origin;
import com.neuralrouter.server.policy.PolicyFacts.Size;
import com.neuralrouter.server.policy.PolicyText;
import com.neuralrouter.server.policy.RequestDeclaration;
import com.neuralrouter.server.policy.Retention;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a policy's decision costs a request, with one destination, under a thousand rules that all
 * permit it, so that each of their meet is asked; and with one more level that the request brings.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PolicyDecisionBenchmark {
    private static final int RULES = 1_000;

    private final PolicyEngine engine = new PolicyEngine();
    private CompiledPolicy policy;
    private PolicyFacts facts;
    private Destination destination;
    private Policy declared;

    @Setup
    public void compile() {
        var levels = new ArrayList<Policy>();
        int rules = 0;
        while (rules < RULES) {
            Policy level = Policy.of(Level.WORKSPACE, PolicyText.read(document(levels.size())));
            levels.add(level);
            rules += level.rules().size();
        }
        policy = PolicyEngine.compile(levels);
        declared = RequestDeclaration.of(List.of("retention=zero; jurisdictions=DE,FR")).rules();
        facts =
                new PolicyFacts(
                        Operation.CHAT_COMPLETIONS,
                        "model-7",
                        new Size(2_000, PolicyFacts.NOT_COUNTED, 500),
                        List.of("search"),
                        false,
                        Classification.INTERNAL,
                        new Origin(InetAddress.ofLiteral("10.1.2.3"), 1_800_000_000_000L));
        destination = Destination.of("provider-7", "DE", "eu-1", false, Retention.ZERO);
    }

    private static String document(int level) {
        return """
        {"allowedModels":[%s],"deniedModels":["other-%d"],"allowedProviders":[%s],
        "deniedProviders":["elsewhere-%d"],"deniedOperations":["images"],
        "allowedJurisdictions":["EU"],"allowedRegions":["eu-1","eu-2"],"noTraining":true,
        "maxInputTokens":%d,"maxOutputTokens":%d,"maxTotalTokens":%d,"maxRequestBytes":%d,
        "allowedTools":["search","mail"],"deniedTools":["shell-%d"],"noImages":true,
        "maxClassification":"confidential","leastClassification":"internal",
        "networks":["10.0.0.0/8","fd00::/8"],"guardrails":["email:mask"]}
        """
                .formatted(
                        names("model-"),
                        level,
                        names("provider-"),
                        level,
                        100_000 + level,
                        10_000 + level,
                        200_000 + level,
                        1_000_000 + level,
                        level);
    }

    private static String names(String begin) {
        return IntStream.range(0, 50)
                .mapToObj(i -> "\"" + begin + i + "\"")
                .collect(Collectors.joining(","));
    }

    @Benchmark
    public boolean decide() {
        return engine.decide(policy, facts) instanceof Permit permit
                && permit.against(destination) == null;
    }

    @Benchmark
    public boolean decideWhatNarrowsItself() {
        return engine.decide(policy.narrowedBy(declared), facts) instanceof Permit permit
                && permit.against(destination) == null;
    }
}
