package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ContentOf;
import com.neuralrouter.contract.EraseContent;
import com.neuralrouter.contract.ErasedContent;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code neural-router content erase}: before its time. */
@Command(
        name = "erase",
        header = "Erase what is kept of a person's, a key's, one or all requests.",
        description = {
            "",
            "The keys that it was sealed under are destroyed, so that nothing opens it any more,"
                    + " in backups of the data neither. A backup of the keys without them is made"
                    + " at once.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router content erase --site /var/lib/neural-router \\",
            "      --workspace legal --subject u-4711 --reason \"erasure request 9\""
        },
        mixinStandardHelpOptions = true)
final class ContentEraseCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Mixin private final ContentOfOption what = new ContentOfOption();

    ContentEraseCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            ContentOf of = what.of(client);
            ErasedContent erased =
                    client.post(
                            AdminApi.CONTENT_ERASE,
                            new EraseContent(of, what.reason()),
                            ErasedContent.class);
            terminal.print("Requests whose content was erased: " + erased.requests() + ".");
            if (erased.lastBackupExpiresAt() != null) {
                terminal.print(
                        "Backups of the keys from before could still open it, until the last of"
                                + " them expires at "
                                + erased.lastBackupExpiresAt()
                                + ".");
            }
            return ExitCode.OK;
        }
    }
}
