package com.neuralrouter.server.cli;

import com.neuralrouter.server.backup.BackupFile;
import com.neuralrouter.server.backup.BackupFolder;
import com.neuralrouter.server.backup.BackupRefused;
import com.neuralrouter.server.backup.Backups;
import com.neuralrouter.server.bootstrap.SiteBackups;
import com.neuralrouter.server.bootstrap.SiteFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code neural-router backup list}: what lies in the site's folders for backups. */
@Command(
        name = "list",
        header = "List the backups that there are.",
        description = {
            "",
            "Reads the heads of the files, for which it takes no key and no server. What is behind"
                    + " a head, 'verify' tells.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router backup list --site /var/lib/neural-router",
            "",
            "What happens next: 'neural-router backup drill' shows that a site can be made of them."
        },
        mixinStandardHelpOptions = true)
final class BackupListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    BackupListCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        SiteFolder folder = site.existing();
        Backups.Folders folders = SiteBackups.folders(folder, SiteOption.config(folder).backup());
        int code = ExitCode.OK;
        for (BackupFolder each : List.of(folders.data(), folders.keys())) {
            for (Path path : each.all()) {
                try {
                    BackupFile file = BackupFile.open(path);
                    terminal.print(
                            path
                                    + "  "
                                    + file.length()
                                    + " bytes  "
                                    + file.header().createdAt()
                                    + "  schema "
                                    + file.header().schemaVersion());
                } catch (BackupRefused damaged) {
                    terminal.print(String.valueOf(damaged.getMessage()));
                    code = ExitCode.FAILED;
                }
            }
        }
        return code;
    }
}
