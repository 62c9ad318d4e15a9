package com.neuralrouter.server.budget;

import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.FieldError;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** What is wrong with somebody's budgets before they are set. */
public final class BudgetChecks {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);
    private static final long MOST_TOKENS = 1_000_000_000_000_000L;
    private static final int MANY = 10;

    private final List<FieldError> errors = new ArrayList<>();

    private BudgetChecks() {}

    /**
     * @param path as in {@code workspaces[0].budgets}
     */
    public static List<FieldError> errors(String path, List<BudgetDocument> budgets) {
        var checks = new BudgetChecks();
        if (budgets.size() > MANY) {
            checks.wrong(path, "must be at most " + MANY);
        }
        var names = new HashSet<String>();
        for (int i = 0; i < budgets.size(); i++) {
            String at = path + "[" + i + "]";
            BudgetDocument budget = budgets.get(i);
            if (budget.name() == null || !NAME.matcher(budget.name()).matches()) {
                checks.wrong(
                        at + ".name",
                        "must be 1 to 63 of a-z, 0-9 and '-', and not begin with '-'");
            } else if (!names.add(budget.name())) {
                checks.wrong(at + ".name", "'" + budget.name() + "' is here twice; keep one");
            }
            checks.check(at, budget);
        }
        return List.copyOf(checks.errors);
    }

    private void check(String at, BudgetDocument budget) {
        if (budget.amount() == null && budget.tokens() == null) {
            wrong(at, "needs an amount, a number of tokens or both");
        }
        BigDecimal amount = budget.amount();
        if (amount != null
                && (amount.signum() <= 0
                        || amount.compareTo(MOST) > 0
                        || amount.stripTrailingZeros().scale() > 6)) {
            wrong(at + ".amount", "must be above 0, with at most six decimals, as in 250.00");
        }
        Long tokens = budget.tokens();
        if (tokens != null && (tokens < 1 || tokens > MOST_TOKENS)) {
            wrong(at + ".tokens", "must be from 1 to " + MOST_TOKENS);
        }
        zone(at + ".zone", budget.zone());
        List<Integer> warnAt = budget.warnAt();
        if (warnAt != null
                && (warnAt.size() > MANY
                        || warnAt.stream().anyMatch(percent -> percent < 1 || percent > 99))) {
            wrong(at + ".warnAt", "must be at most " + MANY + " percentages from 1 to 99");
        }
    }

    private void zone(String path, @Nullable String zone) {
        if (zone == null) {
            return;
        }
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            wrong(path, "must be a time zone, as in Europe/Berlin");
        }
    }

    private void wrong(String path, String message) {
        errors.add(new FieldError(path, message));
    }
}
