package com.neuralrouter.server.budget;

import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.incident.IncidentCommands;
import com.neuralrouter.server.limit.LimitCommands;
import com.neuralrouter.server.limit.Subject;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.StoredJson;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.usage.BudgetUseStore;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is done to budgets: set as a part of a transaction that applies a site's document, and told
 * of by the appliance itself when much of them is spent. Safe for all threads.
 */
public final class BudgetCommands {
    /** The rule that opens an incident. */
    public static final String RULE = "budget";

    private static final String PART = "budgets";

    private final AdminTransactions transactions;
    private final BudgetStore store;
    private final IncidentCommands incidents;
    private final Ids ids;
    private final Clock clock;

    public BudgetCommands(
            AdminTransactions transactions,
            BudgetStore store,
            IncidentCommands incidents,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.incidents = incidents;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Sets somebody's budgets. One that keeps its name keeps what it has spent.
     *
     * @param workspace the name of the subject's workspace; null if it has none
     */
    public Audited<Boolean> setIn(
            Tx tx, Subject subject, @Nullable String workspace, List<BudgetDocument> wanted) {
        LimitCommands.demandGood(BudgetChecks.errors("budgets", wanted));
        List<StoredBudget> before = store.of(tx, subject);
        for (StoredBudget row : before) {
            if (named(wanted, row.document().name()) == null) {
                store.delete(tx, row.id());
            }
        }
        for (BudgetDocument each : wanted) {
            StoredBudget row =
                    before.stream()
                            .filter(one -> one.document().name().equals(each.name()))
                            .findFirst()
                            .orElse(null);
            if (row == null) {
                store.insert(tx, ids.next(), subject, each, Columns.now(clock));
            } else if (!row.document().equals(each)) {
                store.update(tx, row.id(), each);
            }
        }
        Map<String, String> details =
                Map.of(
                        "before",
                        StoredJson.write(before.stream().map(StoredBudget::document).toList()),
                        "after",
                        StoredJson.write(wanted));
        return Audited.of(
                true, LimitCommands.event("budgets.changed", subject, workspace, details));
    }

    private static @Nullable BudgetDocument named(List<BudgetDocument> all, String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
    }

    /**
     * So much of a budget is spent: an incident, an entry, and not again in the same span of time.
     *
     * @param percent 100 if requests were refused or ended because of it
     */
    void told(Authorised by, BudgetUseStore.Use use, Told what, int percent) {
        by.demand(Permission.INCIDENTS_MANAGE);
        transactions.run(
                by,
                tx -> {
                    BudgetUseStore.told(tx, use, percent);
                    var events = new ArrayList<AuditEvent>();
                    events.add(
                            LimitCommands.event(
                                    percent == 100 ? "budget.used_up" : "budget.threshold_reached",
                                    what.subject(),
                                    what.workspace(),
                                    Map.of(
                                            "budget", what.budget(),
                                            "percent", Integer.toString(percent),
                                            "spent", what.spent())));
                    events.addAll(
                            incidents
                                    .observeIn(tx, RULE, what.words(), PART, text(what, percent))
                                    .events());
                    return new Audited<>(true, List.copyOf(events));
                });
    }

    private static String text(Told what, int percent) {
        return percent == 100
                ? "Requests are refused because the budget is used up: " + what.spent() + "."
                : percent + " % of the budget are spent: " + what.spent() + ".";
    }

    /**
     * What an incident says of a budget.
     *
     * @param workspace its name; null if there is none
     * @param spent in words
     */
    record Told(Subject subject, @Nullable String workspace, String budget, String spent) {
        String words() {
            String owner =
                    switch (subject.level()) {
                        case SITE, ROUTE -> "site";
                        case WORKSPACE -> String.valueOf(workspace);
                        case KEY -> workspace + " / " + subject.name();
                    };
            return owner + ": " + budget;
        }
    }
}
