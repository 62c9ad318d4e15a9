package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.BackupDrill;
import com.neuralrouter.server.backup.BackupFolder;
import com.neuralrouter.server.bootstrap.SiteBackups;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteLock;
import com.neuralrouter.server.bootstrap.SiteRestore;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;

/** {@code neural-router backup drill}: rehearses a restore. */
@Command(
        name = "drill",
        header = "Rehearse a restore and say what came out.",
        description = {
            "",
            "Restores into a scratch folder below the site's, proves everything that 'restore'"
                + " proves, and deletes the scratch folder. Nothing is started and nothing"
                + " replaced. What came out is kept in drills/drill-TIME.json; while a server runs,"
                + " its audit trail tells of it too.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router backup drill --site /var/lib/neural-router",
            "",
            "What happens next: if it passed, the backups can be relied on; if not, the sentence"
                    + " says which of them can't."
        },
        mixinStandardHelpOptions = true)
final class BackupDrillCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Mixin private final SiteOption site;

    @Mixin private final SecretOptions secrets = new SecretOptions();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "The backup of the data; without it the newest.")
    private @Nullable Path data;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "The backup of the keys; without it the newest.")
    private @Nullable Path keys;

    BackupDrillCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        SiteFolder folder = site.existing();
        var folders = SiteBackups.folders(folder, SiteOption.config(folder).backup());
        Path from = data == null ? newest(folders.data()) : data;
        Path with = keys == null ? newest(folders.keys()) : keys;
        try {
            SiteRestore.Report report =
                    BackupCommand.restoring(folder, terminal, secrets, clock).drill(from, with);
            BackupCommand.tell(terminal, report);
            record(folder, passed(from, with, report));
            terminal.print("the drill passed");
            return ExitCode.OK;
        } catch (IOException | RuntimeException failure) {
            String why = Failures.sentence(failure);
            record(folder, new BackupDrill(false, name(from), name(with), 0, 0, 0, why));
            throw new CommandFailed("The drill failed: " + why);
        }
    }

    private static BackupDrill passed(Path from, Path with, SiteRestore.Report report) {
        return new BackupDrill(
                true,
                name(from),
                name(with),
                report.restored().data().rows(),
                report.credentials().opened(),
                report.credentials().shredded(),
                "restored and proven in " + report.took().toMillis() + " ms");
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static Path newest(BackupFolder folder) throws IOException {
        return folder.all().stream()
                .reduce((_, later) -> later)
                .orElseThrow(() ->
                        new CommandFailed(
                                "There is no backup in "
                                        + folder.path()
                                        + "; make one with 'neural-router backup create'."));
    }

    /** In a file, for whoever asks later for a proof, and in the trail of a running server. */
    private void record(SiteFolder folder, BackupDrill drill) throws IOException {
        terminal.print("the report is " + DrillReport.write(folder, drill, clock.instant()));
        if (SiteLock.isTaken(folder)) {
            try (var client = AdminClient.of(folder)) {
                client.post(AdminApi.BACKUP_DRILLS, drill, BackupDrill.class);
            }
        }
    }
}
