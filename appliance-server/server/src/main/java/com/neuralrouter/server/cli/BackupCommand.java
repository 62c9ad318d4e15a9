package com.neuralrouter.server.cli;

import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteRestore;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.Clock;

/** {@code neural-router backup}: makes, verifies, lists, rehearses and restores backups. */
@Command(
        name = "backup",
        header = "Make, verify, list, rehearse and restore backups.",
        description = {
            "",
            "A site has backups of its data and backups of its keys. To restore it takes one of"
                    + " each, and what opens the vault's seal. They are sealed: without the seal"
                    + " nobody can read them.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Runnable {
    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // Picocli sets the spec before it calls anything.
    private BackupCommand() {}

    /** The command with its subcommands. */
    static CommandLine line(Terminal terminal, Clock clock) {
        var command = new CommandLine(new BackupCommand());
        command.addSubcommand(new BackupCreateCommand(terminal));
        command.addSubcommand(new BackupListCommand(terminal));
        command.addSubcommand(new BackupVerifyCommand(terminal, clock));
        command.addSubcommand(new BackupRestoreCommand(terminal, clock));
        command.addSubcommand(new BackupDrillCommand(terminal, clock));
        return command;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say which: create, list, verify, restore or drill.");
    }

    /** Restores with the vault that opens by itself, or with what a person gives. */
    static SiteRestore restoring(
            SiteFolder site, Terminal terminal, SecretOptions secrets, Clock clock) {
        return new SiteRestore(
                site, scratch -> VaultHere.open(scratch, terminal, secrets, clock), clock);
    }

    /** What came out, in lines for a person. */
    static void tell(Terminal terminal, SiteRestore.Report report) {
        terminal.print(
                "the data are of "
                        + report.data().header().createdAt()
                        + ", the keys of "
                        + report.keys().header().createdAt());
        terminal.print(
                report.restored().data().rows()
                        + " rows, "
                        + report.restored().data().audit().sequence()
                        + " audit entries and "
                        + report.restored().workspaceKeys()
                        + " workspace keys were restored and proven in "
                        + report.took().toMillis()
                        + " ms");
        terminal.print(
                report.credentials().opened()
                        + " credentials open; "
                        + report.credentials().shredded()
                        + " do not, because their workspaces' keys are not in the backup of the"
                        + " keys");
        if (report.erasedAgain() > 0) {
            terminal.print(
                    report.erasedAgain()
                            + " erasures and deletions of workspaces from after the backup were"
                            + " made again, as this machine's audit log tells");
        }
    }
}
