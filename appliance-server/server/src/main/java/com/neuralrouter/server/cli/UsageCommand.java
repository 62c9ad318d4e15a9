package com.neuralrouter.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.Clock;

/** {@code neural-router usage}: what a site's requests came to. */
@Command(
        name = "usage",
        header = "Show or export what requests came to: tokens, costs, counts.",
        description = {
            "",
            "Summed up from the requests' records by hour and by day, in UTC; what has ended a few"
                    + " seconds ago may not be in it yet.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class UsageCommand implements Runnable {
    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // Picocli sets the spec before it calls anything.
    private UsageCommand() {}

    /** The command with its subcommands. */
    static CommandLine line(Terminal terminal, Clock clock) {
        var command = new CommandLine(new UsageCommand());
        command.addSubcommand(new UsageShowCommand(terminal, clock));
        command.addSubcommand(new UsageExportCommand(terminal, clock));
        return command;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say which: show or export.");
    }
}
