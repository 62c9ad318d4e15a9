package com.neuralrouter.server.cli;

import com.neuralrouter.contract.CatalogueDocument;
import com.neuralrouter.server.catalogue.CatalogueRefused;
import com.neuralrouter.server.catalogue.CatalogueTrust;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code neural-router catalogue verify}: whether a file can be imported. */
@Command(
        name = "verify",
        header = "Say whether a file is a signed catalogue that this version trusts.",
        description = {"", "Needs neither a server nor a site.", ""},
        footer = {"", "Example:", "  neural-router catalogue verify models.json"},
        mixinStandardHelpOptions = true)
final class CatalogueVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final CatalogueFiles files = new CatalogueFiles();

    CatalogueVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            CatalogueDocument read =
                    CatalogueTrust.builtIn().verified(files.document(), files.signature());
            terminal.print(
                    "Good: catalogue %d of %s, %d models."
                            .formatted(read.serial(), read.issued(), read.models().size()));
            return ExitCode.OK;
        } catch (CatalogueRefused refused) {
            throw new CommandFailed(files.name() + ": " + refused.getMessage());
        }
    }
}
