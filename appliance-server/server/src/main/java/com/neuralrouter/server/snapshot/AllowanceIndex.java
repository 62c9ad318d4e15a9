package com.neuralrouter.server.snapshot;

import com.neuralrouter.server.budget.Account;
import com.neuralrouter.server.budget.BudgetStore;
import com.neuralrouter.server.budget.StoredBudget;
import com.neuralrouter.server.integrity.Verified;
import com.neuralrouter.server.limit.LimitStore;
import com.neuralrouter.server.limit.Limits;
import com.neuralrouter.server.limit.StoredLimits;
import com.neuralrouter.server.limit.Subject;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Limits and budgets of the last snapshot, of which only those that changed since are read again:
 * there may be one for each of very many keys. What is used of them is kept in the books. Used
 * under the publisher's lock.
 */
final class AllowanceIndex {
    private static final List<String> TABLES = List.of(LimitStore.TABLE, BudgetStore.TABLE);

    private final Metering metering;
    private final Map<UUID, StoredLimits> limitRows = new HashMap<>();
    private final Map<UUID, StoredBudget> budgetRows = new HashMap<>();
    private @Nullable Verified last;
    private Allowances allowances = Allowances.NONE;

    AllowanceIndex(Metering metering) {
        this.metering = metering;
    }

    Allowances in(Tx tx, Verified verified) {
        Verified before = last;
        boolean changed = before == null ? readAll(tx) : readChanged(tx, verified, before);
        if (changed) {
            allowances = compiled();
        }
        last = verified.only(TABLES);
        return allowances;
    }

    private boolean readAll(Tx tx) {
        metering.limits().all(tx).forEach(row -> limitRows.put(row.id(), row));
        metering.budgets().all(tx).forEach(row -> budgetRows.put(row.id(), row));
        return true;
    }

    private boolean readChanged(Tx tx, Verified verified, Verified before) {
        List<UUID> ofLimits = verified.changed(LimitStore.TABLE, before);
        List<UUID> ofBudgets = verified.changed(BudgetStore.TABLE, before);
        for (UUID id : ofLimits) {
            StoredLimits had = limitRows.remove(id);
            StoredLimits has = metering.limits().find(tx, id).orElse(null);
            if (has != null) {
                limitRows.put(id, has);
            } else if (had != null) {
                metering.limitBook().remove(had.subject());
            }
        }
        for (UUID id : ofBudgets) {
            budgetRows.remove(id);
            metering.budgets()
                    .find(tx, id)
                    .ifPresentOrElse(
                            row -> budgetRows.put(id, row), () -> metering.budgetBook().remove(id));
        }
        return !ofLimits.isEmpty() || !ofBudgets.isEmpty();
    }

    private Allowances compiled() {
        var limits = new HashMap<Subject, Limits>(limitRows.size() * 2);
        limitRows
                .values()
                .forEach(row ->
                        limits.put(
                                row.subject(),
                                metering.limitBook().put(row.subject(), row.document())));
        var budgets = new HashMap<Subject, List<Account>>();
        budgetRows
                .values()
                .forEach(row ->
                        budgets.computeIfAbsent(row.subject(), _ -> new ArrayList<>())
                                .add(metering.budgetBook().put(row)));
        return new Allowances(limits, budgets);
    }
}
