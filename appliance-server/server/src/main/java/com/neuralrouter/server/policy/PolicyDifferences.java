package com.neuralrouter.server.policy;

import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.PolicyTestDocument;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What is different between two policies, rule by rule, as a person reads it: {@code
 * maxOutputTokens: 100 → 50}. The order of names in a list is no difference.
 */
public final class PolicyDifferences {
    private PolicyDifferences() {}

    public static List<String> of(PolicyDocument before, PolicyDocument after) {
        Map<String, Object> had = PolicyText.members(before);
        Map<String, Object> has = PolicyText.members(after);
        var names = new TreeSet<>(had.keySet());
        names.addAll(has.keySet());
        var found = new ArrayList<String>();
        for (String name : names) {
            Object one = had.get(name);
            Object other = has.get(name);
            if (Objects.equals(one, other)) {
                continue;
            }
            found.add(
                    name.equals("tests")
                            ? "tests: " + count(before.tests()) + " → " + count(after.tests())
                            : name + ": " + shown(one) + " → " + shown(other));
        }
        return List.copyOf(found);
    }

    private static String count(@Nullable List<PolicyTestDocument> tests) {
        return tests == null ? "none" : String.valueOf(tests.size());
    }

    private static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case List<?> list when list.isEmpty() -> "(none)";
            default -> value.toString();
        };
    }
}
