package com.neuralrouter.contract;

import java.util.List;

/**
 * What is different between two versions of a policy.
 *
 * @param from the number of one version; 0 stands for no rules at all
 * @param to the number of the other
 * @param differences rule by rule, in English, as in {@code maxOutputTokens: 100 → 50}; empty if
 *     they say the same
 * @param fields the differences with their values; empty from an appliance that does not tell them
 *     so
 */
public record PolicyDiff(
        PolicyTarget target,
        long from,
        long to,
        List<String> differences,
        List<ChangedField> fields) {
    public PolicyDiff {
        differences = List.copyOf(differences);
        fields = fields == null ? List.of() : List.copyOf(fields);
    }

    /** In both forms. */
    public static PolicyDiff of(
            PolicyTarget target, long from, long to, List<ChangedField> fields) {
        return new PolicyDiff(
                target, from, to, fields.stream().map(ChangedField::words).toList(), fields);
    }
}
