package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.server.backup.BackupFile;
import com.neuralrouter.server.backup.BackupMaker;
import com.neuralrouter.server.backup.Manifest;
import com.neuralrouter.server.bootstrap.SiteBackups;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteLock;
import com.neuralrouter.server.secret.StreamKey;
import com.neuralrouter.server.secret.Vault;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code neural-router backup verify}: reads the whole of a backup. */
@Command(
        name = "verify",
        header = "Read the whole of a backup and say whether it is what was written.",
        description = {
            "",
            "Authenticates every segment and compares every entry with the manifest. While a server"
                + " runs it does this, and its audit trail tells of it; without one this opens the"
                + " vault, by itself or with what a person gives.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router backup verify --site /var/lib/neural-router \\",
            "      /var/lib/neural-router/backups/data-20270131T020000000Z.nrbackup",
            "",
            "What happens next: 'neural-router backup drill' restores it as a rehearsal."
        },
        mixinStandardHelpOptions = true)
final class BackupVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin private final SiteOption site;

    @Mixin private final SecretOptions secrets = new SecretOptions();

    @Parameters(paramLabel = "FILE", description = "The backup, of the data or of the keys.")
    private Path file;

    @SuppressWarnings("NullAway.Init") // Picocli sets the file before it calls anything.
    BackupVerifyCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SiteFolder folder = site.existing();
        BackupFile backup = BackupFile.open(file);
        if (SiteLock.isTaken(folder) && isInSite(folder)) {
            byServer(folder);
        } else {
            byItself(folder, backup);
        }
        return ExitCode.OK;
    }

    private boolean isInSite(SiteFolder folder) {
        var folders = SiteBackups.folders(folder, SiteOption.config(folder).backup());
        Path parent = file.toAbsolutePath().normalize().getParent();
        return folders.data().path().equals(parent) || folders.keys().path().equals(parent);
    }

    private void byServer(SiteFolder folder) throws InterruptedException {
        try (var client = AdminClient.of(folder)) {
            BackupRun begun =
                    client.post(
                            AdminApi.BACKUPS + "/" + file.getFileName() + AdminApi.VERIFY,
                            Map.of(),
                            BackupRun.class);
            BackupRuns.await(client, begun);
            terminal.print(file + " is what was written");
        }
    }

    private void byItself(SiteFolder folder, BackupFile backup) throws IOException {
        try (Vault vault = VaultHere.open(folder, terminal, secrets, clock);
                StreamKey key = SiteBackups.key(vault, backup.header().kind())) {
            Manifest manifest = BackupMaker.verify(backup, key);
            terminal.print(
                    file
                            + " is what was written: "
                            + manifest.rows()
                            + " rows in "
                            + manifest.entries().size()
                            + " entries");
        }
    }
}
