package com.neuralrouter.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code neural-router content}: what is kept of prompts and answers, where it is wanted. */
@Command(
        name = "content",
        header = "List, show, export and erase what workspaces keep of prompts and answers.",
        description = {
            "",
            "By default nothing of them is kept. Where a workspace's policy wants it"
                    + " (keepContentFor), it is sealed under the workspace's key and has an end."
                    + " Reading and erasing take an owner and a reason, and stand in the audit"
                    + " trail.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class ContentCommand implements Runnable {
    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // Picocli sets the spec before it calls anything.
    private ContentCommand() {}

    /** The command with its subcommands. */
    static CommandLine line(Terminal terminal) {
        var command = new CommandLine(new ContentCommand());
        command.addSubcommand(new ContentListCommand(terminal));
        command.addSubcommand(new ContentShowCommand(terminal));
        command.addSubcommand(new ContentExportCommand(terminal));
        command.addSubcommand(new ContentEraseCommand(terminal));
        return command;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say which: list, show, export or erase.");
    }
}
