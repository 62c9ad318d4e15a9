package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.LimitStatus;
import com.neuralrouter.contract.LimitStatus.Concurrent;
import com.neuralrouter.contract.LimitStatus.Rate;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * {@code neural-router limits}: how much of each limit is used at this moment; its subcommands
 * change limits.
 */
@Command(
        name = "limits",
        header = "Show how much of each limit is used at this moment; set and remove limits.",
        description = {
            "",
            "Of every limit that there is: what is left of the requests and tokens"
                    + " of a minute, and how many requests are under way. Requests that are under"
                    + " way hold what they may need.",
            ""
        },
        footer = {"", "Example:", "  neural-router limits --site /var/lib/neural-router"},
        mixinStandardHelpOptions = true)
final class LimitsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    /** The command with its subcommands. */
    static CommandLine line(Terminal terminal) {
        var command = new CommandLine(new LimitsCommand(terminal));
        command.addSubcommand(new LimitsSetCommand(terminal));
        command.addSubcommand(new LimitsRemoveCommand(terminal));
        return command;
    }

    private LimitsCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            List<LimitStatus> all = client.items(AdminApi.LIMITS, LimitStatus.class);
            all.forEach(this::print);
            if (all.isEmpty()) {
                terminal.print("Nothing is limited. 'neural-router limits set' does that.");
            }
            return ExitCode.OK;
        }
    }

    private void print(LimitStatus status) {
        terminal.print(
                "%s%s%s%s"
                        .formatted(
                                owner(
                                        status.level().name().toLowerCase(Locale.ROOT),
                                        status.workspace(),
                                        status.name()),
                                rate("requests", status.requests()),
                                rate("tokens", status.tokens()),
                                places(status.concurrent())));
    }

    static String owner(String level, @Nullable String workspace, @Nullable String name) {
        return level
                + (workspace == null ? "" : " " + workspace)
                + (name == null ? "" : (workspace == null ? " " : " / ") + name);
    }

    private static String rate(String what, @Nullable Rate rate) {
        return rate == null
                ? ""
                : "  %s: %d of %d a minute left, all again in %.1f s"
                        .formatted(
                                what, rate.remaining(), rate.perMinute(), rate.resetMillis() / 1e3);
    }

    private static String places(@Nullable Concurrent concurrent) {
        return concurrent == null
                ? ""
                : "  under way: " + concurrent.underWay() + " of " + concurrent.limit();
    }
}
