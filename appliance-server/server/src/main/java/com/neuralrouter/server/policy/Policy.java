package com.neuralrouter.server.policy;

import com.neuralrouter.contract.SiteDocument.PolicyDocument;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The rules of one level, at most one of each kind: immutable, and known by the hash of the
 * document that states them. Policies are a lattice: {@link #meet} of two permits nothing that one
 * of them refuses.
 */
public final class Policy {
    private final Level level;

    private final EnumMap<RuleKind, PolicyRule> rules;
    private final String hash;

    /** Where a policy was set. */
    public enum Level {
        SITE,
        WORKSPACE,
        KEY,
        /** What the request says of itself. */
        REQUEST;

        /** Its name in refusals. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Policy(Level level, EnumMap<RuleKind, PolicyRule> rules, String hash) {
        this.level = level;
        this.rules = rules;
        this.hash = hash;
    }

    /** Rules that no document states; two of a kind become their meet. */
    public Policy(Level level, List<? extends PolicyRule> rules) {
        this(level, byKind(rules), "");
    }

    /** The policy that a document states at that level; no document states no rules. */
    public static Policy of(Level level, @Nullable PolicyDocument document) {
        return document == null
                ? new Policy(level, List.of())
                : new Policy(
                        level,
                        byKind(PolicyDocuments.rules(document)),
                        PolicyDocuments.hash(document));
    }

    private static EnumMap<RuleKind, PolicyRule> byKind(List<? extends PolicyRule> rules) {
        var byKind = new EnumMap<RuleKind, PolicyRule>(RuleKind.class);
        rules.forEach(rule -> byKind.merge(rule.kind(), rule, PolicyRule::meet));
        return byKind;
    }

    public Level level() {
        return level;
    }

    /** In the order of their kinds. */
    public List<PolicyRule> rules() {
        return List.copyOf(rules.values());
    }

    /** SHA-256 of the document's canonical form, hex; empty if no document states the rules. */
    public String hash() {
        return hash;
    }

    public @Nullable PolicyRule rule(RuleKind kind) {
        return rules.get(kind);
    }

    /** What both permit, at this one's level. */
    public Policy meet(Policy other) {
        var both = new EnumMap<>(rules);
        other.rules.forEach((kind, rule) -> both.merge(kind, rule, PolicyRule::meet));
        return new Policy(level, both, "");
    }

    /** This one with the rules of some kinds only. */
    public Policy only(Set<RuleKind> kinds) {
        return new Policy(
                level, rules().stream().filter(rule -> kinds.contains(rule.kind())).toList());
    }

    /** Equal rules; where they were set does not matter. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Policy policy && rules.equals(policy.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    @Override
    public String toString() {
        return "Policy[" + level + ", " + rules() + "]";
    }
}
