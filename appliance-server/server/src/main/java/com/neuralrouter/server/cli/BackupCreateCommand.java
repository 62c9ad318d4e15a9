package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.BackupRun;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.Map;
import java.util.concurrent.Callable;

/** {@code neural-router backup create}: lets the running server make both backups. */
@Command(
        name = "create",
        header = "Make a backup of the data and one of the keys, now.",
        description = {
            "",
            "The running server makes them while it serves: all rows are of one moment. A backup is"
                    + " read back before it gets its name; a failed one leaves nothing.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router backup create --site /var/lib/neural-router",
            "",
            "What happens next: copy the files off this machine, the keys apart from the data."
        },
        mixinStandardHelpOptions = true)
final class BackupCreateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    BackupCreateCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var client = site.client()) {
            BackupRun begun = client.post(AdminApi.BACKUPS, Map.of(), BackupRun.class);
            BackupRun ended = BackupRuns.await(client, begun);
            ended.backups().forEach(name -> terminal.print("made " + name));
            return ExitCode.OK;
        }
    }
}
