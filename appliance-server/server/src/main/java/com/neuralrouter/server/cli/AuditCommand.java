package com.neuralrouter.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code neural-router audit}: gets the audit log out, and checks what was got out. */
@Command(
        name = "audit",
        header = "Export the audit log, verify an export, prove an entry.",
        description = {
            "",
            "The log is a Merkle tree under signed checkpoints: whoever has the log's key can tell"
                    + " whether an export or a proof is genuine, with this command, with the"
                    + " verifier that lies in each export, or with programs that are not ours.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class AuditCommand implements Runnable {
    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // Picocli sets the spec before it calls anything.
    private AuditCommand() {}

    /** The command with its subcommands. */
    static CommandLine line(Terminal terminal) {
        var command = new CommandLine(new AuditCommand());
        command.addSubcommand(new AuditExportCommand(terminal));
        command.addSubcommand(new AuditVerifyCommand(terminal));
        command.addSubcommand(new AuditProofCommand(terminal));
        command.addSubcommand(new AuditWitnessCommand(terminal));
        command.addSubcommand(new AuditAccessCommand(terminal));
        command.addSubcommand(new AuditHoldCommand(terminal));
        command.addSubcommand(new AuditEraseCommand(terminal));
        return command;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say which: export, verify, proof, witness, access, hold or erase.");
    }
}
