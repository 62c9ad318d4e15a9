package com.neuralrouter.server.trial;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.PolicyTrial.Decision;
import com.neuralrouter.contract.PolicyTrial.Effect;
import com.neuralrouter.contract.PolicyTrial.Example;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.policy.Classification;
import com.neuralrouter.server.policy.CompiledPolicy;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.PolicyDecision.Permit;
import com.neuralrouter.server.policy.PolicyDecision.Refuse;
import com.neuralrouter.server.policy.PolicyEngine;
import com.neuralrouter.server.policy.PolicyFacts;
import com.neuralrouter.server.policy.PolicyFacts.Origin;
import com.neuralrouter.server.policy.PolicyFacts.Size;
import com.neuralrouter.server.policy.RuleKind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides requests of the past again, under the policies that are in force and under those that
 * would be, by what is recorded of them. Rules that ask for what is not recorded are left out of
 * both. Owned by one thread.
 */
final class Replay {
    /** What a request's record can answer. */
    static final Set<RuleKind> SIMULATED =
            EnumSet.of(
                    RuleKind.HOURS,
                    RuleKind.ALLOWED_MODELS,
                    RuleKind.DENIED_MODELS,
                    RuleKind.MAX_INPUT_TOKENS,
                    RuleKind.MAX_OUTPUT_TOKENS,
                    RuleKind.MAX_TOTAL_TOKENS,
                    RuleKind.ALLOWED_PROVIDERS,
                    RuleKind.DENIED_PROVIDERS,
                    RuleKind.ALLOWED_JURISDICTIONS,
                    RuleKind.ALLOWED_REGIONS,
                    RuleKind.NO_TRAINING,
                    RuleKind.MAX_RETENTION);

    private static final int EXAMPLES = 5;

    private final PolicyEngine engine = new PolicyEngine();
    private final PoliciesInForce before;
    private final PoliciesInForce after;
    private final Map<String, Destination> providers;
    private final Map<Who, Pair> compiled = new HashMap<>();
    private final TreeMap<String, Tally> tallies = new TreeMap<>();
    private long requests;

    private record Who(WorkspaceId workspace, ApiKeyId key) {}

    private record Pair(CompiledPolicy before, CompiledPolicy after) {}

    /** What speaks against a request; both null if nothing does. */
    private record Verdict(@Nullable String refusedBy, @Nullable String notThereBy) {}

    private static final class Tally {
        private final String workspace;
        private final String model;
        private long requests;
        private long refused;
        private long elsewhere;
        private long permitted;
        private final List<Example> examples = new ArrayList<>();

        Tally(RequestSummary first) {
            workspace = first.workspaceName();
            model = first.model();
        }
    }

    /**
     * @param providers by name
     */
    Replay(PoliciesInForce before, PoliciesInForce after, Map<String, Destination> providers) {
        this.before = before;
        this.after = after;
        this.providers = Map.copyOf(providers);
    }

    void add(RequestSummary request) {
        if (request.model().isEmpty()) {
            return;
        }
        requests++;
        Tally tally =
                tallies.computeIfAbsent(
                        request.workspaceName() + "\n" + request.model(), _ -> new Tally(request));
        tally.requests++;
        Pair policies =
                compiled.computeIfAbsent(
                        new Who(request.workspaceId(), request.apiKeyId()), this::pair);
        Verdict was = verdict(policies.before, request);
        Verdict will = verdict(policies.after, request);
        if (was.refusedBy == null && will.refusedBy != null) {
            if (request.problem() != ProblemCode.POLICY_REFUSED) {
                tally.refused++;
                example(tally, request, Decision.REFUSED, will.refusedBy);
            }
        } else if (was.refusedBy != null && will.refusedBy == null) {
            tally.permitted++;
            example(tally, request, Decision.PERMITTED, null);
        } else if (was.notThereBy == null && will.notThereBy != null) {
            tally.elsewhere++;
            example(tally, request, Decision.NOT_THERE, will.notThereBy);
        }
    }

    long requests() {
        return requests;
    }

    /** By workspace and model, where there is one. */
    List<Effect> effects() {
        return tallies.values().stream()
                .filter(tally -> tally.refused + tally.elsewhere + tally.permitted > 0)
                .map(tally ->
                        new Effect(
                                tally.workspace,
                                tally.model,
                                tally.requests,
                                tally.refused,
                                tally.elsewhere,
                                tally.permitted,
                                tally.examples))
                .toList();
    }

    private static void example(
            Tally tally, RequestSummary request, Decision decision, @Nullable String rule) {
        if (tally.examples.size() < EXAMPLES) {
            tally.examples.add(
                    new Example(
                            request.id(),
                            request.startedAt(),
                            words(decision, request),
                            rule,
                            decision));
        }
    }

    private static String words(Decision decision, RequestSummary request) {
        return switch (decision) {
            case PERMITTED -> "would be let through";
            case REFUSED -> "would be refused";
            case NOT_THERE -> "could not go to " + request.provider();
        };
    }

    private Pair pair(Who who) {
        return new Pair(
                before.compiled(who.workspace, who.key, SIMULATED),
                after.compiled(who.workspace, who.key, SIMULATED));
    }

    private Verdict verdict(CompiledPolicy policy, RequestSummary request) {
        return switch (engine.decide(policy, facts(request))) {
            case Refuse refuse -> new Verdict(refuse.ruleId(), null);
            case Permit permit -> new Verdict(null, against(permit, request.provider()));
        };
    }

    /** A provider that is gone is one of which nothing is declared. */
    private @Nullable String against(Permit permit, @Nullable String provider) {
        if (provider == null) {
            return null;
        }
        RuleKind against =
                permit.against(providers.getOrDefault(provider, Destination.undeclared(provider)));
        return against == null ? null : against.id();
    }

    /** What was produced stands for what was asked for, which is not recorded. */
    private static PolicyFacts facts(RequestSummary request) {
        return new PolicyFacts(
                Operation.CHAT_COMPLETIONS,
                request.model(),
                new Size(0, request.inputTokens(), request.outputTokens()),
                List.of(),
                false,
                Classification.PUBLIC,
                new Origin(null, request.startedAt().toEpochMilli()));
    }
}
