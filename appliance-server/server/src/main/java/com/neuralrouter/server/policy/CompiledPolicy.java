package com.neuralrouter.server.policy;

import com.neuralrouter.server.policy.PolicyRule.KeepContent;
import com.neuralrouter.server.policy.PolicyRule.LeastClassification;
import com.neuralrouter.server.policy.PolicyRule.MaxClassification;
import com.neuralrouter.server.policy.PolicyRule.MaxRetention;
import com.neuralrouter.server.policy.PolicyRule.Names;
import com.neuralrouter.tlog.CanonicalJson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a request of one key or workspace is decided by: the levels, and their meet, which is made
 * once, when the site is published. Immutable; a part of the snapshot.
 */
public final class CompiledPolicy {
    private static final List<PolicyRule> NOWHERE =
            List.of(new Names(RuleKind.ALLOWED_SHADOWS, Set.of()));

    /** Nobody set any rule. */
    public static final CompiledPolicy NO_RULES = PolicyEngine.compile(List.of());

    private final List<Policy> levels;
    private final PolicyRule[] asked;
    private final PolicyRule[] whereto;
    private final Policy met;
    private final String hash;
    private final Retention keeps;

    CompiledPolicy(List<Policy> levels) {
        this(levels, meet(levels), hash(levels));
    }

    private static Policy meet(List<Policy> levels) {
        Policy all = new Policy(Policy.Level.SITE, namesShadows(levels) ? List.of() : NOWHERE);
        for (Policy level : levels) {
            all = all.meet(level);
        }
        return all;
    }

    /**
     * @param all the levels' meet
     * @param hash over the levels' documents
     */
    private CompiledPolicy(List<Policy> levels, Policy all, String hash) {
        this.levels = List.copyOf(levels);
        this.met = all;
        this.asked =
                all.rules().stream()
                        .filter(rule -> !rule.kind().asksWhereto())
                        .toArray(PolicyRule[]::new);
        this.whereto =
                all.rules().stream()
                        .filter(rule -> rule.kind().asksWhereto())
                        .toArray(PolicyRule[]::new);
        this.hash = hash;
        this.keeps = keeps(all);
    }

    private static Retention keeps(Policy all) {
        if (!(all.rule(RuleKind.KEEP_CONTENT) instanceof KeepContent wanted)) {
            return Retention.ZERO;
        }
        Retention kept =
                all.rule(RuleKind.MAX_RETENTION) instanceof MaxRetention rule
                        ? wanted.most().atMost(rule.most())
                        : wanted.most();
        return kept.wholeDays() > 0 ? kept : Retention.ZERO;
    }

    /**
     * Where the site names no shadows there are none: a copy is more than the request asks for, and
     * the levels below, which only narrow, can't permit it.
     */
    private static boolean namesShadows(List<Policy> levels) {
        return levels.stream()
                .anyMatch(level ->
                        level.level() == Policy.Level.SITE
                                && level.rule(RuleKind.ALLOWED_SHADOWS) != null);
    }

    /** Of the levels' hashes under their names, so that it tells which documents were in force. */
    private static String hash(List<Policy> levels) {
        var hashes = new TreeMap<String, Object>();
        for (Policy level : levels) {
            if (!level.hash().isEmpty()) {
                hashes.put(level.level().wire(), level.hash());
            }
        }
        return Hashes.hex(CanonicalJson.write(hashes));
    }

    public List<Policy> levels() {
        return levels;
    }

    /** SHA-256 over the documents of all levels, hex: which version decided. */
    public String hash() {
        return hash;
    }

    /**
     * For how long the appliance keeps content: a number of days where a level wants it kept, and
     * no longer than every level permits; otherwise zero.
     */
    public Retention keeps() {
        return keeps;
    }

    /** What all levels permit. */
    Policy met() {
        return met;
    }

    /** The rules about the request itself. */
    PolicyRule[] asked() {
        return asked;
    }

    /** The rules about where it goes. */
    PolicyRule[] whereto() {
        return whereto;
    }

    /**
     * Whether there could be a request that is let go there: what nobody is let send there, nothing
     * else of the appliance is sent to either.
     */
    public boolean couldReach(Destination to) {
        return Arrays.stream(Classification.values())
                .filter(this::occurs)
                .anyMatch(label ->
                        Arrays.stream(whereto)
                                .allMatch(rule -> PolicyEngine.allows(rule, to, label)));
    }

    private boolean occurs(Classification label) {
        boolean low =
                met.rule(RuleKind.LEAST_CLASSIFICATION) instanceof LeastClassification rule
                        && label.compareTo(rule.least()) < 0;
        boolean high =
                met.rule(RuleKind.MAX_CLASSIFICATION) instanceof MaxClassification rule
                        && label.compareTo(rule.most()) > 0;
        return !low && !high;
    }

    /**
     * With what a request says of itself, in no document; it stays known by the same hash. Done for
     * each such request, so nothing is met or hashed again.
     */
    public CompiledPolicy narrowedBy(Policy request) {
        if (request.rules().isEmpty()) {
            return this;
        }
        var more = new ArrayList<>(levels);
        more.add(request);
        return new CompiledPolicy(more, met.meet(request), hash);
    }
}
