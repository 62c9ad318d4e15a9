package com.neuralrouter.server.policy;

import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.policy.PolicyRule.AllowedJurisdictions;
import com.neuralrouter.server.policy.PolicyRule.MaxRetention;
import com.neuralrouter.server.policy.PolicyRule.Names;
import com.neuralrouter.server.policy.PolicyRule.Without;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a request says of itself in the header {@code NR-Policy}: rules, which can only narrow what
 * the site, the workspace and the key permit, and the label of its data. As in {@code
 * retention=zero; jurisdictions=DE,FR; classification=confidential; no-training; no-shadow}.
 *
 * @param rules its own, at the level {@link Level#REQUEST}
 * @param label {@link Classification#UNLABELLED} if it says none
 */
public record RequestDeclaration(Policy rules, Classification label) {
    /** It says nothing. */
    public static final RequestDeclaration NONE =
            new RequestDeclaration(new Policy(Level.REQUEST, List.of()), Classification.UNLABELLED);

    /** The header's name, in lower case. */
    public static final String HEADER = "nr-policy";

    private static final int LONGEST = 1_000;

    /**
     * Reads the header's values. Throws {@link IllegalArgumentException} for whatever is not
     * understood: what can't be kept must not be promised. The message does not quote it.
     */
    public static RequestDeclaration of(List<String> values) {
        if (values.isEmpty()) {
            return NONE;
        }
        if (values.size() > 1 || values.getFirst().length() > LONGEST) {
            throw new IllegalArgumentException(
                    "must be there once, with at most " + LONGEST + " characters");
        }
        var rules = new ArrayList<PolicyRule>();
        Classification label = Classification.UNLABELLED;
        var seen = new HashSet<String>();
        for (String part : values.getFirst().split(";", -1)) {
            String[] pair = part.strip().split("=", 2);
            String name = pair[0].strip();
            String value = pair.length == 2 ? pair[1].strip() : "";
            if (!seen.add(name)) {
                throw new IllegalArgumentException("must say each thing once");
            }
            switch (name) {
                case "retention" -> rules.add(new MaxRetention(Retention.of(value)));
                case "jurisdictions" -> rules.add(AllowedJurisdictions.of(names(value)));
                case "regions" -> rules.add(new Names(RuleKind.ALLOWED_REGIONS, names(value)));
                case "classification" -> label = Classification.of(value);
                case "no-training" -> rules.add(plain(pair, new Without(RuleKind.NO_TRAINING)));
                case "no-shadow" ->
                        rules.add(plain(pair, new Names(RuleKind.ALLOWED_SHADOWS, Set.of())));
                default ->
                        throw new IllegalArgumentException(
                                "may say retention, jurisdictions, regions, classification,"
                                        + " no-training and no-shadow, separated by ';'");
            }
        }
        return new RequestDeclaration(new Policy(Level.REQUEST, rules), label);
    }

    private static PolicyRule plain(String[] pair, PolicyRule rule) {
        if (pair.length == 2) {
            throw new IllegalArgumentException(rule.id() + " is said without a value");
        }
        return rule;
    }

    private static Set<String> names(String value) {
        var names = new HashSet<String>();
        for (String name : value.split(",", -1)) {
            names.add(name.strip());
        }
        return names;
    }
}
