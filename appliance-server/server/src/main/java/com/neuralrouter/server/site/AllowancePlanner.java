package com.neuralrouter.server.site;

import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.contract.SitePlan.Action;
import com.neuralrouter.server.site.SiteChange.Keep;
import com.neuralrouter.server.site.SiteChange.SetBudgets;
import com.neuralrouter.server.site.SiteChange.SetLimits;
import com.neuralrouter.server.site.SitePlanner.Unnamed;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Finds what has to change of limits and budgets for a site to be what a document says: a pure
 * function. What the document says nothing of is left as it is, or taken away.
 */
final class AllowancePlanner {
    /** What a document says of one owner. */
    private record Said(@Nullable LimitsDocument limits, @Nullable List<BudgetDocument> budgets) {
        static final Said NOTHING = new Said(null, null);

        LimitsDocument limitsOrNone() {
            return limits == null ? LimitsDocument.NONE : limits;
        }

        List<BudgetDocument> budgetsOrNone() {
            return budgets == null ? List.of() : budgets;
        }
    }

    private final Unnamed unnamed;
    private final List<SiteChange> changes = new ArrayList<>();

    private AllowancePlanner(Unnamed unnamed) {
        this.unnamed = unnamed;
    }

    static List<SiteChange> changes(SiteDocument now, SiteDocument wanted, Unnamed unnamed) {
        var planner = new AllowancePlanner(unnamed);
        Map<AllowanceOwner, Said> before = said(now);
        Map<AllowanceOwner, Said> after = said(wanted);
        after.forEach((owner, shall) ->
                planner.owner(owner, before.getOrDefault(owner, Said.NOTHING), shall));
        if (unnamed == Unnamed.REMOVE) {
            before.forEach((owner, had) -> {
                if (!after.containsKey(owner)) {
                    planner.owner(owner, had, Said.NOTHING);
                }
            });
        }
        return List.copyOf(planner.changes);
    }

    private static Map<AllowanceOwner, Said> said(SiteDocument document) {
        var said = new LinkedHashMap<AllowanceOwner, Said>();
        said.put(AllowanceOwner.SITE, new Said(document.limits(), document.budgets()));
        for (WorkspaceDocument workspace : document.workspaces()) {
            said.put(
                    AllowanceOwner.workspace(workspace.name()),
                    new Said(workspace.limits(), workspace.budgets()));
            for (ApiKeyDocument key : workspace.apiKeys()) {
                said.put(
                        AllowanceOwner.key(workspace.name(), key.name()),
                        new Said(key.limits(), key.budgets()));
            }
        }
        for (RouteDocument route : document.routes()) {
            said.put(AllowanceOwner.route(route.name()), new Said(route.limits(), null));
        }
        return said;
    }

    private void owner(AllowanceOwner owner, Said had, Said shall) {
        limits(owner, had, shall);
        budgets(owner, had, shall);
    }

    private void limits(AllowanceOwner owner, Said had, Said shall) {
        List<String> differences = differences(had.limitsOrNone(), shall.limitsOrNone());
        if (differences.isEmpty()) {
            return;
        }
        if (had.limitsOrNone().equals(LimitsDocument.NONE)) {
            changes.add(new SetLimits(owner, Action.CREATE, shall.limitsOrNone(), List.of()));
        } else if (shall.limits() == null && unnamed == Unnamed.KEEP) {
            changes.add(new Keep("limits", owner.words()));
        } else if (shall.limitsOrNone().equals(LimitsDocument.NONE)) {
            changes.add(new SetLimits(owner, Action.REMOVE, LimitsDocument.NONE, List.of()));
        } else {
            changes.add(new SetLimits(owner, Action.UPDATE, shall.limitsOrNone(), differences));
        }
    }

    private static List<String> differences(LimitsDocument before, LimitsDocument after) {
        var found = new ArrayList<String>();
        compare(found, "requestsPerMinute", before.requestsPerMinute(), after.requestsPerMinute());
        compare(found, "tokensPerMinute", before.tokensPerMinute(), after.tokensPerMinute());
        compare(
                found,
                "concurrentRequests",
                before.concurrentRequests(),
                after.concurrentRequests());
        return found;
    }

    private void budgets(AllowanceOwner owner, Said had, Said shall) {
        List<String> differences = differences(had.budgetsOrNone(), shall.budgetsOrNone());
        if (differences.isEmpty()) {
            return;
        }
        if (had.budgetsOrNone().isEmpty()) {
            changes.add(new SetBudgets(owner, Action.CREATE, shall.budgetsOrNone(), List.of()));
        } else if (shall.budgets() == null && unnamed == Unnamed.KEEP) {
            changes.add(new Keep("budgets", owner.words()));
        } else if (shall.budgetsOrNone().isEmpty()) {
            changes.add(new SetBudgets(owner, Action.REMOVE, List.of(), List.of()));
        } else {
            changes.add(new SetBudgets(owner, Action.UPDATE, shall.budgetsOrNone(), differences));
        }
    }

    private static List<String> differences(
            List<BudgetDocument> before, List<BudgetDocument> after) {
        Map<String, String> was = byName(before);
        Map<String, String> will = byName(after);
        var names = new TreeSet<>(was.keySet());
        names.addAll(will.keySet());
        var found = new ArrayList<String>();
        names.forEach(name -> compare(found, name, was.get(name), will.get(name)));
        return found;
    }

    private static Map<String, String> byName(List<BudgetDocument> budgets) {
        var byName = new LinkedHashMap<String, String>();
        budgets.forEach(budget -> byName.put(budget.name(), AllowanceYaml.oneLine(plain(budget))));
        return byName;
    }

    /** 250 and 250.00 are one amount. */
    private static BudgetDocument plain(BudgetDocument budget) {
        var amount = budget.amount();
        return amount == null
                ? budget
                : new BudgetDocument(
                        budget.name(),
                        budget.per(),
                        budget.zone(),
                        amount.stripTrailingZeros(),
                        budget.tokens(),
                        budget.warnAt());
    }

    private static void compare(
            List<String> found, String field, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            found.add(field + ": " + shown(before) + " → " + shown(after));
        }
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "none" : value.toString();
    }
}
