package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.BudgetStatus;
import com.neuralrouter.contract.BudgetStatus.Spent;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code neural-router budgets}: how much of each budget is spent. */
@Command(
        name = "budgets",
        header = "Show how much of each budget is spent.",
        description = {
            "",
            "Of every budget that the site's document sets: what is spent in the day, week or"
                    + " month that is running, what is reserved for requests under way, and when"
                    + " it is whole again. Money is in the site's own currency.",
            ""
        },
        footer = {"", "Example:", "  neural-router budgets --site /var/lib/neural-router"},
        mixinStandardHelpOptions = true)
final class BudgetsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    BudgetsCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            List<BudgetStatus> all = client.items(AdminApi.BUDGETS, BudgetStatus.class);
            all.forEach(this::print);
            if (all.isEmpty()) {
                terminal.print("There are no budgets. 'budgets' in the site's document sets them.");
            }
            return ExitCode.OK;
        }
    }

    private void print(BudgetStatus status) {
        terminal.print(
                "%s: %s, per %s%s%s%s"
                        .formatted(
                                LimitsCommand.owner(
                                        status.level().name().toLowerCase(Locale.ROOT),
                                        status.workspace(),
                                        status.key()),
                                status.name(),
                                status.per().name().toLowerCase(Locale.ROOT),
                                money(status.money()),
                                tokens(status.tokens()),
                                status.ends() == null ? "" : "  whole again at " + status.ends()));
    }

    private static String tokens(@Nullable Spent spent) {
        return spent == null
                ? ""
                : "  tokens: %d of %d spent, %d reserved"
                        .formatted(spent.spent(), spent.limit(), spent.reserved());
    }

    private static String money(@Nullable Spent spent) {
        return spent == null
                ? ""
                : "  money: %s of %s spent, %s reserved"
                        .formatted(
                                amount(spent.spent()),
                                amount(spent.limit()),
                                amount(spent.reserved()));
    }

    private static String amount(long micros) {
        BigDecimal exact = BigDecimal.valueOf(micros, 6).stripTrailingZeros();
        return exact.setScale(Math.max(2, exact.scale())).toPlainString();
    }
}
