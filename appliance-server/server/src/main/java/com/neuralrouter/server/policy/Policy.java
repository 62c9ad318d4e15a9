package com.neuralrouter.server.policy;

import com.neuralrouter.contract.SiteDocument.PolicyDocument;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules in force at one level. A request must pass the site's policy and its workspace's:
 * levels are never merged into one set of rules, so a denial can name the level, and no level can
 * widen what another narrowed.
 */
public record Policy(Level level, List<PolicyRule> rules) {

    public Policy {
        rules = List.copyOf(rules);
    }

    /** Where a policy was set. */
    public enum Level {
        SITE,
        WORKSPACE
    }

    /** The policy that a site's document states at that level; no document states no rules. */
    public static Policy of(Level level, @Nullable PolicyDocument document) {
        var rules = new ArrayList<PolicyRule>();
        if (document != null) {
            if (document.allowedModels() != null) {
                rules.add(new PolicyRule.AllowedModels(Set.copyOf(document.allowedModels())));
            }
            if (document.deniedModels() != null) {
                rules.add(new PolicyRule.DeniedModels(Set.copyOf(document.deniedModels())));
            }
            if (document.allowedProviders() != null) {
                rules.add(new PolicyRule.AllowedProviders(Set.copyOf(document.allowedProviders())));
            }
            if (document.maxOutputTokens() != null) {
                rules.add(new PolicyRule.MaxOutputTokens(document.maxOutputTokens()));
            }
            if (document.maxRequestBytes() != null) {
                rules.add(new PolicyRule.MaxRequestBytes(document.maxRequestBytes()));
            }
        }
        return new Policy(level, rules);
    }
}
