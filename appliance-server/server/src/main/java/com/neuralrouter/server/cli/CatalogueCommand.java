package com.neuralrouter.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code neural-router catalogue}: what is known of models, their prices among it. */
@Command(
        name = "catalogue",
        header = "Show, verify and import what is known of models, their prices among it.",
        description = {
            "",
            "The appliance comes with a signed catalogue of models; a newer one is imported as a"
                    + " file, so none is ever fetched. A site's own catalogue says what the signed"
                    + " one does not know, or what the site knows better, such as its own prices.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class CatalogueCommand implements Runnable {
    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // Picocli sets the spec before it calls anything.
    private CatalogueCommand() {}

    static CommandLine line(Terminal terminal) {
        var line = new CommandLine(new CatalogueCommand());
        line.addSubcommand(new CatalogueShowCommand(terminal));
        line.addSubcommand(new CatalogueVerifyCommand(terminal));
        line.addSubcommand(new CatalogueImportCommand(terminal));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say which: show, verify or import.");
    }
}
