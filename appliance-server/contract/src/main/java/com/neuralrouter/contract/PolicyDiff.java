package com.neuralrouter.contract;

import java.util.List;

/**
 * What is different between two versions of a policy.
 *
 * @param from the number of one version; 0 stands for no rules at all
 * @param to the number of the other
 * @param differences rule by rule, as in {@code maxOutputTokens: 100 → 50}; empty if they say the
 *     same
 */
public record PolicyDiff(PolicyTarget target, long from, long to, List<String> differences) {
    public PolicyDiff {
        differences = List.copyOf(differences);
    }
}
