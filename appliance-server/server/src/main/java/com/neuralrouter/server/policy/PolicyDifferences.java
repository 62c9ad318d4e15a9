package com.neuralrouter.server.policy;

import com.neuralrouter.contract.ChangedField;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.PolicyTestDocument;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What is different between two policies, rule by rule. Another order of the names in a list is no
 * difference.
 */
public final class PolicyDifferences {
    private PolicyDifferences() {}

    public static List<ChangedField> of(PolicyDocument before, PolicyDocument after) {
        Map<String, Object> had = PolicyText.members(before);
        Map<String, Object> has = PolicyText.members(after);
        var names = new TreeSet<>(had.keySet());
        names.addAll(has.keySet());
        var found = new ArrayList<ChangedField>();
        for (String name : names) {
            Object one = had.get(name);
            Object other = has.get(name);
            if (Objects.equals(one, other)) {
                continue;
            }
            found.add(
                    name.equals("tests")
                            ? new ChangedField(name, count(before.tests()), count(after.tests()))
                            : new ChangedField(name, one, other));
        }
        return List.copyOf(found);
    }

    /** They are told by their number: whole requests would fill the screen. */
    private static @Nullable Integer count(@Nullable List<PolicyTestDocument> tests) {
        return tests == null ? null : tests.size();
    }
}
