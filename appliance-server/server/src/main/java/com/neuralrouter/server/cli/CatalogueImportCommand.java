package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ImportCatalogue;
import com.neuralrouter.contract.ModelCatalogue;
import com.neuralrouter.server.catalogue.CatalogueFile;
import com.neuralrouter.server.catalogue.CatalogueRefused;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code neural-router catalogue import}: a newer signed catalogue, or the site's own. */
@Command(
        name = "import",
        header = "Import a newer signed catalogue, or the site's own.",
        description = {"", "It is in force when the command returns.", ""},
        footer = {
            "",
            "Examples:",
            "  neural-router catalogue import models.json --site /var/lib/neural-router",
            "  neural-router catalogue import our-models.json --own \\",
            "      --site /var/lib/neural-router"
        },
        mixinStandardHelpOptions = true)
final class CatalogueImportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Mixin private final CatalogueFiles files = new CatalogueFiles();

    @Option(
            names = "--own",
            description =
                    "It is the site's own, which has no signature; it replaces the one before.")
    private boolean own;

    CatalogueImportCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        if (own && files.namesSignature()) {
            throw new CommandFailed("A site's own catalogue has no signature.");
        }
        var wanted = new ImportCatalogue(document(), own ? null : files.signature());
        try (var client = site.client()) {
            ModelCatalogue now =
                    client.post(AdminApi.CATALOGUE_IMPORT, wanted, ModelCatalogue.class);
            terminal.print("In force: price book " + now.priceBook() + ".");
            return ExitCode.OK;
        }
    }

    /** A mistake in the site's own is told with its place, and without a server. */
    private String document() {
        String document = files.document();
        if (own) {
            try {
                CatalogueFile.own(document);
            } catch (CatalogueRefused refused) {
                throw new CommandFailed(files.name() + ": " + refused.getMessage());
            }
        }
        return document;
    }
}
