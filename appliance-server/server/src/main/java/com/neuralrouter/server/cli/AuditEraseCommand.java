package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.EraseFromTrail;
import com.neuralrouter.contract.ErasedFromTrail;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** {@code neural-router audit erase}: a person's name goes, the log's proofs stay. */
@Command(
        name = "erase",
        header = "Erase a name or an address from the readable audit entries.",
        description = {
            "",
            "Wherever the text stands as a whole in an entry, '(erased)' stands from then on. The"
                    + " log has keyed hashes of such texts only and stays as it is, with every"
                    + " proof. Entries under a legal hold are left alone. Can't be undone.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router audit erase --site /var/lib/neural-router \"Ada's laptop\""
        },
        mixinStandardHelpOptions = true)
final class AuditEraseCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Parameters(paramLabel = "TEXT", description = "The name or the address, whole.")
    private String text = "";

    AuditEraseCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            ErasedFromTrail done =
                    client.post(
                            AdminApi.AUDIT_ERASURES,
                            new EraseFromTrail(text),
                            ErasedFromTrail.class);
            terminal.print("Erased in " + done.erased() + " entries.");
            if (done.held() > 0) {
                terminal.print("It still stands in " + done.held() + " that a legal hold is on.");
            }
            return ExitCode.OK;
        }
    }
}
