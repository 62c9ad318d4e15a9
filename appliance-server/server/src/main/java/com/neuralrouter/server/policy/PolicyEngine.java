package com.neuralrouter.server.policy;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.server.policy.PolicyDecision.Permit;
import com.neuralrouter.server.policy.PolicyDecision.Refuse;
import com.neuralrouter.server.policy.PolicyFacts.Size;
import com.neuralrouter.server.policy.PolicyRule.AllowedJurisdictions;
import com.neuralrouter.server.policy.PolicyRule.ClassifiedJurisdictions;
import com.neuralrouter.server.policy.PolicyRule.Hours;
import com.neuralrouter.server.policy.PolicyRule.KeepContent;
import com.neuralrouter.server.policy.PolicyRule.LeastClassification;
import com.neuralrouter.server.policy.PolicyRule.Limit;
import com.neuralrouter.server.policy.PolicyRule.MaxClassification;
import com.neuralrouter.server.policy.PolicyRule.MaxRetention;
import com.neuralrouter.server.policy.PolicyRule.Names;
import com.neuralrouter.server.policy.PolicyRule.Networks;
import com.neuralrouter.server.policy.PolicyRule.Without;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Decides what a request may do. A request must pass every rule of every level, so a level can only
 * narrow what the others permit. A pure function without state; asked by the inference pipeline for
 * each request.
 */
public final class PolicyEngine {

    /** Makes of the levels what is decided by. */
    public static CompiledPolicy compile(List<Policy> levels) {
        return new CompiledPolicy(levels);
    }

    /** What is decided by the levels as they are; for what is decided once. */
    public PolicyDecision decide(List<Policy> levels, PolicyFacts facts) {
        return decide(compile(levels), facts);
    }

    /** The first rule that refuses is the one that is named, at the first level that has it. */
    public PolicyDecision decide(CompiledPolicy policy, PolicyFacts facts) {
        Classification label = label(policy, facts);
        for (PolicyRule rule : policy.asked()) {
            if (objection(rule, facts, label) != null) {
                return refusal(policy, rule, facts, label);
            }
        }
        return new Permit(policy, label, outputCap(policy, facts));
    }

    private static Classification label(CompiledPolicy policy, PolicyFacts facts) {
        return policy.met().rule(RuleKind.LEAST_CLASSIFICATION) instanceof LeastClassification rule
                ? rule.least().atLeast(facts.classification())
                : facts.classification();
    }

    /** A level alone may have no objection to what the meet of all objects to. */
    private static Refuse refusal(
            CompiledPolicy policy, PolicyRule met, PolicyFacts facts, Classification label) {
        Policy last = null;
        for (Policy level : policy.levels()) {
            PolicyRule own = level.rule(met.kind());
            if (own == null) {
                continue;
            }
            last = level;
            String reason = objection(own, facts, label);
            if (reason != null) {
                return new Refuse(own.id(), level.level(), reason);
            }
        }
        if (last == null) {
            throw new IllegalStateException("a rule of no level: " + met.id());
        }
        return new Refuse(met.id(), last.level(), String.valueOf(objection(met, facts, label)));
    }

    /** What speaks against the request itself; null if nothing does. */
    private static @Nullable String objection(
            PolicyRule rule, PolicyFacts facts, Classification label) {
        return switch (rule) {
            case Names names -> objection(names, facts);
            case Limit limit -> objection(limit, facts);
            case Without without ->
                    without.kind() == RuleKind.NO_IMAGES && facts.images()
                            ? "no images are allowed"
                            : null;
            case MaxClassification most ->
                    label.compareTo(most.most()) > 0
                            ? "data classified as "
                                    + label.wire()
                                    + " is not allowed; data without a label counts as "
                                    + Classification.UNLABELLED.wire()
                            : null;
            case Hours hours -> within(hours, facts) ? null : "not at this time";
            case Networks networks -> within(networks, facts) ? null : "not from this address";
            case LeastClassification _,
                    MaxRetention _,
                    KeepContent _,
                    AllowedJurisdictions _,
                    ClassifiedJurisdictions _ ->
                    null;
        };
    }

    private static @Nullable String objection(Names rule, PolicyFacts facts) {
        Set<String> names = rule.names();
        return switch (rule.kind()) {
            case ALLOWED_MODELS ->
                    names.contains(facts.model()) ? null : "the model is not allowed";
            case DENIED_MODELS -> names.contains(facts.model()) ? "the model is denied" : null;
            case ALLOWED_OPERATIONS ->
                    names.contains(facts.operation().wire())
                            ? null
                            : facts.operation().wire() + " is not allowed";
            case DENIED_OPERATIONS ->
                    names.contains(facts.operation().wire())
                            ? facts.operation().wire() + " is denied"
                            : null;
            case ALLOWED_TOOLS ->
                    names.containsAll(facts.tools()) ? null : "a tool of it is not allowed";
            case DENIED_TOOLS ->
                    facts.tools().contains(PolicyFacts.UNKNOWN_TOOL)
                                    || facts.tools().stream().anyMatch(names::contains)
                            ? "a tool of it is denied"
                            : null;
            default -> null;
        };
    }

    private static @Nullable String objection(Limit rule, PolicyFacts facts) {
        Size size = facts.size();
        long most = rule.most();
        return switch (rule.kind()) {
            case MAX_REQUEST_BYTES ->
                    size.bytes() > most
                            ? "a request body may have at most " + most + " bytes"
                            : null;
            case MAX_INPUT_TOKENS ->
                    size.reckonedInput() > most
                            ? "it may have at most " + most + " input tokens"
                            : null;
            case MAX_OUTPUT_TOKENS ->
                    size.outputTokens() > most
                            ? "at most " + most + " output tokens may be asked for"
                            : null;
            case MAX_TOTAL_TOKENS -> {
                long least = generates(facts.operation()) ? 1 : 0;
                yield size.reckonedInput() + Math.max(size.outputTokens(), least) > most
                        ? "input and output may have at most " + most + " tokens together"
                        : null;
            }
            default -> null;
        };
    }

    /** Whether a model writes something for it. */
    private static boolean generates(Operation operation) {
        return switch (operation) {
            case CHAT_COMPLETIONS, COMPLETIONS, RESPONSES, MESSAGES -> true;
            case EMBEDDINGS, MODERATIONS, TRANSCRIPTIONS, SPEECH, IMAGES, RERANK, COUNT_TOKENS ->
                    false;
        };
    }

    private static boolean within(Hours rule, PolicyFacts facts) {
        if (!facts.origin().timeKnown()) {
            return false;
        }
        for (Schedule schedule : rule.schedules()) {
            if (!schedule.contains(facts.origin().atMillis())) {
                return false;
            }
        }
        return true;
    }

    private static boolean within(Networks rule, PolicyFacts facts) {
        InetAddress address = facts.origin().address();
        if (address == null) {
            return false;
        }
        Network one = Network.only(address);
        for (Network network : rule.networks()) {
            if (network.contains(one)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the rule, one of those that ask where a request goes, lets it go there. */
    static boolean allows(PolicyRule rule, Destination to, Classification label) {
        return switch (rule) {
            case Names names ->
                    switch (names.kind()) {
                        case ALLOWED_PROVIDERS -> names.names().contains(to.provider());
                        case DENIED_PROVIDERS -> !names.names().contains(to.provider());
                        case ALLOWED_REGIONS -> to.onPremises() || to.isIn(names.names());
                        default -> true;
                    };
            case AllowedJurisdictions allowed -> to.isWithin(allowed.reach());
            case ClassifiedJurisdictions classified -> {
                Set<String> reach = classified.reach().get(label);
                yield reach == null || to.isWithin(reach);
            }
            case Without without -> without.kind() != RuleKind.NO_TRAINING || !to.trainsOnData();
            case MaxRetention most -> to.keepsAtMost(most.most());
            case Limit _,
                    MaxClassification _,
                    LeastClassification _,
                    KeepContent _,
                    Hours _,
                    Networks _ ->
                    true;
        };
    }

    private static OptionalInt outputCap(CompiledPolicy policy, PolicyFacts facts) {
        long cap = Long.MAX_VALUE;
        if (policy.met().rule(RuleKind.MAX_OUTPUT_TOKENS) instanceof Limit most) {
            cap = most.most();
        }
        if (policy.met().rule(RuleKind.MAX_TOTAL_TOKENS) instanceof Limit most) {
            cap = Math.min(cap, most.most() - facts.size().reckonedInput());
        }
        return cap > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) cap);
    }
}
