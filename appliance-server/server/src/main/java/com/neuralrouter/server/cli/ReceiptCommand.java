package com.neuralrouter.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code neural-router receipt}: checks what apps were given with their answers. */
@Command(
        name = "receipt",
        header = "Check an answer's receipt, and keep the keys for it.",
        description = {
            "",
            "Each answer carries a receipt that says who was asked, where, under which policy and"
                    + " what was kept, signed by the site: NR-Receipt. It can be checked without"
                    + " the appliance.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class ReceiptCommand implements Runnable {
    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // Picocli sets the spec before it calls anything.
    private ReceiptCommand() {}

    /** The command with its subcommands. */
    static CommandLine line(Terminal terminal) {
        var command = new CommandLine(new ReceiptCommand());
        command.addSubcommand(new ReceiptVerifyCommand(terminal));
        command.addSubcommand(new ReceiptKeysCommand(terminal));
        command.addSubcommand(new ReceiptVerifierCommand(terminal));
        return command;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say which: verify, keys or verifier.");
    }
}
