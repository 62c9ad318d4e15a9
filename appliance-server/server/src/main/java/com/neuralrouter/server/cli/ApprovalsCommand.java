package com.neuralrouter.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code neural-router approvals}: changes that wait for a second person. */
@Command(
        name = "approvals",
        header = "List, approve and reject changes that need a second person.",
        description = {
            "",
            "On this machine the command is the person 'operator', whoever runs it: with the"
                    + " operator's key nobody else can be told apart. People approve on devices of"
                    + " their own, in the desktop.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class ApprovalsCommand implements Runnable {
    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // Picocli sets the spec before it calls anything.
    private ApprovalsCommand() {}

    /** The command with its subcommands. */
    static CommandLine line(Terminal terminal) {
        var command = new CommandLine(new ApprovalsCommand());
        command.addSubcommand(new ApprovalsListCommand(terminal));
        command.addSubcommand(new ApprovalsShowCommand(terminal));
        command.addSubcommand(ApprovalsDecideCommand.approving(terminal));
        command.addSubcommand(ApprovalsDecideCommand.rejecting(terminal));
        command.addSubcommand(ApprovalsDecideCommand.withdrawing(terminal));
        command.addSubcommand(new ApprovalsRulesCommand(terminal));
        return command;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say which: list, show, approve, reject, withdraw or rules.");
    }
}
