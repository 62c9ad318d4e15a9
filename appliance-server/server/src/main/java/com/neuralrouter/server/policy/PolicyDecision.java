package com.neuralrouter.server.policy;

import com.neuralrouter.server.policy.Policy.Level;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** What came of {@link PolicyEngine#decide}. */
public sealed interface PolicyDecision {

    /**
     * The request may go on, under conditions.
     *
     * @param allowedProviders a provider must be in each of these sets; names
     * @param outputCap how many output tokens it gets if it asks for no number itself; empty if no
     *     rule says
     */
    record Permit(List<Set<String>> allowedProviders, OptionalInt outputCap)
            implements PolicyDecision {

        public Permit {
            allowedProviders = List.copyOf(allowedProviders);
        }

        /** Whether the request may go to the provider of that name. */
        public boolean allowsProvider(String provider) {
            for (Set<String> allowed : allowedProviders) {
                if (!allowed.contains(provider)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * The request is refused.
     *
     * @param ruleId the rule's name in the site's document
     * @param level whose rule it is
     * @param reason what the rule wants, for the person who reads the refusal
     */
    record Refuse(String ruleId, Level level, String reason) implements PolicyDecision {}
}
