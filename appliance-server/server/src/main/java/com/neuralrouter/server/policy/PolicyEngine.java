package com.neuralrouter.server.policy;

import com.neuralrouter.server.policy.PolicyDecision.Permit;
import com.neuralrouter.server.policy.PolicyDecision.Refuse;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Decides what a request may do. A request must pass every rule of every level, so a level can only
 * narrow what the others permit. A pure function without state; asked by the inference pipeline for
 * each request.
 */
public final class PolicyEngine {

    /** The first rule that refuses, in the order of the levels, is the one that is named. */
    public PolicyDecision decide(List<Policy> levels, PolicyFacts facts) {
        List<Set<String>> providers = List.of();
        int cap = Integer.MAX_VALUE;
        for (Policy policy : levels) {
            for (PolicyRule rule : policy.rules()) {
                String reason = objection(rule, facts);
                if (reason != null) {
                    return new Refuse(rule.id(), policy.level(), reason);
                }
                if (rule instanceof PolicyRule.AllowedProviders allowed) {
                    providers = with(providers, allowed.providers());
                } else if (rule instanceof PolicyRule.MaxOutputTokens most) {
                    cap = Math.min(cap, most.tokens());
                }
            }
        }
        return new Permit(
                providers, cap == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(cap));
    }

    private static @Nullable String objection(PolicyRule rule, PolicyFacts facts) {
        return switch (rule) {
            case PolicyRule.AllowedModels allowed ->
                    allowed.models().contains(facts.model()) ? null : "the model is not allowed";
            case PolicyRule.DeniedModels denied ->
                    denied.models().contains(facts.model()) ? "the model is denied" : null;
            case PolicyRule.MaxOutputTokens most ->
                    facts.requestedOutputTokens() > most.tokens()
                            ? "at most " + most.tokens() + " output tokens may be asked for"
                            : null;
            case PolicyRule.MaxRequestBytes most ->
                    facts.requestBytes() > most.bytes()
                            ? "a request body may have at most " + most.bytes() + " bytes"
                            : null;
            case PolicyRule.AllowedProviders _ -> null;
        };
    }

    private static List<Set<String>> with(List<Set<String>> sets, Set<String> added) {
        List<Set<String>> longer = sets.isEmpty() ? new ArrayList<>(2) : sets;
        longer.add(added);
        return longer;
    }
}
