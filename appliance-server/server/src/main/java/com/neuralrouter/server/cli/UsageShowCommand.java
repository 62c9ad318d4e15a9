package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.UsageQuery.Dimension;
import com.neuralrouter.contract.UsageReport;
import com.neuralrouter.contract.UsageReport.UsageRow;
import com.neuralrouter.contract.UsageReport.UsageSums;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code neural-router usage show}: what requests came to, as lines. */
@Command(
        name = "show",
        header = "Print what requests came to.",
        description = {
            "",
            "Without a time, this month's; without --by, by workspace. 'unpriced' are requests"
                    + " whose cost is not known: the catalogue has no price for what they used.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  neural-router usage show --site /var/lib/neural-router --by workspace,model",
            "  neural-router usage show --site /var/lib/neural-router --per day \\",
            "      --workspace research"
        },
        mixinStandardHelpOptions = true)
final class UsageShowCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin private final SiteOption site;

    @Mixin private final UsageOptions options = new UsageOptions();

    UsageShowCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        try (var client = site.client()) {
            print(
                    client.post(
                            AdminApi.USAGE_QUERY,
                            options.query(today, List.of(Dimension.WORKSPACE)),
                            UsageReport.class));
            return ExitCode.OK;
        }
    }

    private void print(UsageReport report) {
        for (UsageRow row : report.rows()) {
            terminal.print(
                    Stream.of(
                                            row.begins(),
                                            row.workspace(),
                                            row.apiKey(),
                                            row.model(),
                                            row.provider())
                                    .filter(Objects::nonNull)
                                    .map(Object::toString)
                                    .collect(Collectors.joining("  "))
                            + "  "
                            + line(row.sums()));
        }
        report.totals().forEach(total -> terminal.print("total  " + line(total)));
        if (report.totals().isEmpty()) {
            terminal.print("There were no requests.");
        }
        if (report.behind() > 0) {
            terminal.print(report.behind() + " requests are not in it yet.");
        }
    }

    private static String line(UsageSums sums) {
        return "%s %s  requests=%d failed=%d unpriced=%d input=%d cached=%d output=%d reasoning=%d"
                .formatted(
                        BigDecimal.valueOf(sums.costMicros(), 6).toPlainString(),
                        sums.currency(),
                        sums.requests(),
                        sums.failed(),
                        sums.unpriced(),
                        sums.inputTokens(),
                        sums.cachedInputTokens(),
                        sums.outputTokens(),
                        sums.reasoningTokens());
    }
}
