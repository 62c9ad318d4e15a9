package com.neuralrouter.server.cli;

import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteRestore;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code neural-router backup restore}: puts a site in place of what is in the folder. */
@Command(
        name = "restore",
        header = "Restore a site from a backup of its data and one of its keys.",
        description = {
            "",
            "Everything is restored and proven beside the site before anything is replaced. No"
                    + " server may run on the folder, which may be empty or not there yet. A site"
                    + " that is there is replaced only with --replace, and then moved aside, never"
                    + " deleted.",
            "",
            "The store goes where the restored appliance.yaml says: into the folder, or with"
                    + " store.postgresql into that database. To restore into another store than the"
                    + " backup's, give an appliance.yaml of your own with --config.",
            "",
            "If the vault is sealed with a key file, put that file at keys/seal.key in the folder"
                    + " first: it is in no backup.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router backup restore --site /var/lib/neural-router \\",
            "      --from data-20270131T020000000Z.nrbackup \\",
            "      --keys keys-20270131T020000123Z.nrbackup",
            "",
            "What happens next: 'neural-router doctor', then 'neural-router serve'."
        },
        mixinStandardHelpOptions = true)
final class BackupRestoreCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin private final SiteOption site;

    @Mixin private final SecretOptions secrets = new SecretOptions();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            required = true,
            description = "The backup of the data.")
    private Path data;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            required = true,
            description = "The backup of the keys.")
    private Path keys;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The restored site's appliance.yaml, in place of the one in the backup.")
    private @Nullable Path config;

    @Option(
            names = "--replace",
            description =
                    "Move the site aside that is in the folder, and the store that is in the"
                            + " database; without it they are refused.")
    private boolean replace;

    @SuppressWarnings("NullAway.Init") // Picocli sets the files before it calls anything.
    BackupRestoreCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        SiteFolder folder = site.named();
        SiteRestore.Report report =
                BackupCommand.restoring(folder, terminal, secrets, clock)
                        .restore(
                                new SiteRestore.Order(
                                        data, keys, Optional.ofNullable(config), replace));
        BackupCommand.tell(terminal, report);
        report.aside().ifPresent(aside -> terminal.print("what was there is now in " + aside));
        report.asideInDatabase()
                .ifPresent(schema ->
                        terminal.print(
                                "the store that was there is now in the schema "
                                        + schema
                                        + " of the database"));
        terminal.print(folder.root() + " is the restored site");
        return ExitCode.OK;
    }
}
