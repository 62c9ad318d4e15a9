package com.neuralrouter.server.cli;

import com.neuralrouter.server.secret.seal.SealKind;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.concurrent.Callable;

/** {@code neural-router unseal}: gives a sealed server what opens its vault. */
@Command(
        name = "unseal",
        header = "Open the vault of a server that waits for it.",
        description = {
            "",
            "A server whose seal takes a person opens no listener until it is unsealed. This gives"
                    + " it the passphrase, PIN or token, or one share after another, over"
                    + " run/control.sock. Nothing typed is shown. Shares may come from several"
                    + " people: the server keeps those entered for 10 minutes.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router unseal --site /var/lib/neural-router",
            "",
            "What happens next: the server starts its listeners; 'neural-router doctor' says how it"
                    + " is."
        },
        mixinStandardHelpOptions = true)
final class UnsealCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Mixin private final SecretOptions secrets = new SecretOptions();

    UnsealCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException {
        Control control = Control.of(site.existing());
        JsonNode health = control.health();
        if (!health.path("state").asString("").equals("sealed")) {
            terminal.print("The server is unsealed already.");
            return ExitCode.OK;
        }
        SealKind kind = SealKind.of(health.path("seal").asString("")).orElseThrow();
        try (secrets) {
            int needed = health.path("sharesNeeded").asInt(0);
            Entering.all("/unseal", kind, needed, control, secrets, terminal);
        }
        terminal.print("Unsealed; the appliance starts.");
        return ExitCode.OK;
    }
}
