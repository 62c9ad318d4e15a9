package com.neuralrouter.server.site;

import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.budget.BudgetStore;
import com.neuralrouter.server.budget.StoredBudget;
import com.neuralrouter.server.limit.LimitStore;
import com.neuralrouter.server.limit.StoredLimits;
import com.neuralrouter.server.limit.Subject;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stores of limits and budgets. Safe for all threads. */
public record AllowanceStores(LimitStore limits, BudgetStore budgets) {

    /** All that there are, by whom they are of. */
    record All(Map<Subject, LimitsDocument> limits, Map<Subject, List<BudgetDocument>> budgets) {
        @Nullable LimitsDocument limitsOf(Subject subject) {
            return limits.get(subject);
        }

        @Nullable List<BudgetDocument> budgetsOf(Subject subject) {
            return budgets.get(subject);
        }
    }

    All all(Tx tx) {
        var ofLimits = new HashMap<Subject, LimitsDocument>();
        for (StoredLimits each : limits.all(tx)) {
            ofLimits.put(each.subject(), each.document());
        }
        var ofBudgets = new HashMap<Subject, List<BudgetDocument>>();
        for (StoredBudget each : budgets.all(tx)) {
            ofBudgets.computeIfAbsent(each.subject(), _ -> new ArrayList<>()).add(each.document());
        }
        return new All(ofLimits, ofBudgets);
    }

    /** Those of a workspace and of its keys go with it. */
    void deleteOf(Tx tx, WorkspaceId workspace) {
        limits.deleteOf(tx, workspace);
        budgets.deleteOf(tx, workspace);
    }
}
