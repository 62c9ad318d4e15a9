package com.neuralrouter.server.snapshot;

import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.budget.Account;
import com.neuralrouter.server.limit.Limits;
import com.neuralrouter.server.limit.Subject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who has limits and budgets. Which there are is a part of the snapshot and does not change; how
 * much of each is used does, and outlives the snapshot. Safe for all threads.
 *
 * @param limits by whose they are
 * @param budgets the same
 */
public record Allowances(Map<Subject, Limits> limits, Map<Subject, List<Account>> budgets) {
    /** Nothing is limited. */
    public static final Allowances NONE = new Allowances(Map.of(), Map.of());

    /**
     * What one request must keep to.
     *
     * @param limits of the site, its workspace, its key and its route, as far as there are any
     * @param budgets of the first three
     */
    public record Applying(List<Limits> limits, List<Account> budgets) {
        static final Applying NOTHING = new Applying(List.of(), List.of());

        /** Whether nothing is limited. */
        public boolean nothing() {
            return limits.isEmpty() && budgets.isEmpty();
        }

        /** Whether it matters how many tokens there are. */
        public boolean countsTokens() {
            return !budgets.isEmpty() || limits.stream().anyMatch(each -> each.tokens() != null);
        }
    }

    /** What a request with that key, for a model by that route, must keep to. */
    public Applying to(WorkspaceId workspace, String key, String route) {
        if (limits.isEmpty() && budgets.isEmpty()) {
            return Applying.NOTHING;
        }
        var itsLimits = new ArrayList<Limits>(4);
        var itsBudgets = new ArrayList<Account>(3);
        add(Subject.SITE, itsLimits, itsBudgets);
        add(Subject.workspace(workspace), itsLimits, itsBudgets);
        add(Subject.key(workspace, key), itsLimits, itsBudgets);
        add(Subject.route(route), itsLimits, itsBudgets);
        return new Applying(itsLimits, itsBudgets);
    }

    private void add(Subject subject, List<Limits> itsLimits, List<Account> itsBudgets) {
        Limits some = limits.get(subject);
        if (some != null) {
            itsLimits.add(some);
        }
        itsBudgets.addAll(budgets.getOrDefault(subject, List.of()));
    }
}
