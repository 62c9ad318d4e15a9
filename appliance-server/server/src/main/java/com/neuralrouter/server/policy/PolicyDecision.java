package com.neuralrouter.server.policy;

import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.policy.PolicyRule.MaxRetention;
import com.neuralrouter.server.policy.PolicyRule.Names;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What came of {@link PolicyEngine#decide}. */
public sealed interface PolicyDecision {

    /**
     * The request may go on, under conditions. Only the engine makes one, and nothing is sent to a
     * provider without one: an endpoint that asks no policy does not compile.
     */
    final class Permit implements PolicyDecision, Destinations {
        private final CompiledPolicy policy;
        private final Classification classification;
        private final OptionalInt outputCap;

        Permit(CompiledPolicy policy, Classification classification, OptionalInt outputCap) {
            this.policy = policy;
            this.classification = classification;
            this.outputCap = outputCap;
        }

        @Override
        public @Nullable RuleKind against(Destination destination) {
            for (PolicyRule rule : policy.whereto()) {
                if (!PolicyEngine.allows(rule, destination, classification)) {
                    return rule.kind();
                }
            }
            return null;
        }

        @Override
        public @Nullable RuleKind againstCopy(Destination destination) {
            RuleKind against = against(destination);
            if (against != null) {
                return against;
            }
            return policy.met().rule(RuleKind.ALLOWED_SHADOWS) instanceof Names rule
                            && rule.names().contains(destination.provider())
                    ? null
                    : RuleKind.ALLOWED_SHADOWS;
        }

        /** How many output tokens it gets if it asks for no number; empty if no rule says. */
        public OptionalInt outputCap() {
            return outputCap;
        }

        /** How long its content is kept at the most; empty if no rule says. */
        public Optional<Retention> maxRetention() {
            return policy.met().rule(RuleKind.MAX_RETENTION) instanceof MaxRetention rule
                    ? Optional.of(rule.most())
                    : Optional.empty();
        }

        /** {@link CompiledPolicy#keeps()}. */
        public Retention keeps() {
            return policy.keeps();
        }

        /** What is to be run on it, by name. */
        public Set<String> guardrails() {
            return policy.met().rule(RuleKind.GUARDRAILS) instanceof Names rule
                    ? rule.names()
                    : Set.of();
        }

        /** The label that its data is treated by. */
        public Classification classification() {
            return classification;
        }

        /** Which version of the policies decided: {@link CompiledPolicy#hash()}. */
        public String policyHash() {
            return policy.hash();
        }

        @Override
        public String toString() {
            return "Permit[" + policy.met().rules() + ", " + classification + "]";
        }
    }

    /**
     * The request is refused.
     *
     * @param ruleId the rule's name in a policy's document
     * @param level whose rule it is
     * @param reason what the rule wants, for the person who reads the refusal
     */
    record Refuse(String ruleId, Level level, String reason) implements PolicyDecision {

        /** For the person who reads it. */
        public String sentence() {
            return "The rule %s of the %s does not allow the request: %s."
                    .formatted(ruleId, level.wire(), reason);
        }
    }
}
