package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.CatalogueDocument.ModelDocument;
import com.neuralrouter.contract.CatalogueDocument.ModelPrice;
import com.neuralrouter.contract.ModelCatalogue;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code neural-router catalogue show}: what a site knows of models. */
@Command(
        name = "show",
        header = "Print the catalogue in force: a line for each model, then where it is from.",
        description = {
            "",
            "Prices are for a million tokens: input / cached input / cache write / output. A '?' is"
                    + " a price that is not known; requests that take it have no known cost.",
            ""
        },
        footer = {"", "Example:", "  neural-router catalogue show --site /var/lib/neural-router"},
        mixinStandardHelpOptions = true)
final class CatalogueShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final SiteOption site;

    CatalogueShowCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() {
        try (var client = site.client()) {
            print(client.get(AdminApi.CATALOGUE, ModelCatalogue.class));
            return ExitCode.OK;
        }
    }

    private void print(ModelCatalogue catalogue) {
        for (ModelDocument model : catalogue.models()) {
            terminal.print(
                    "%s%s  context=%s  %s%s"
                            .formatted(
                                    model.id(),
                                    model.provider() == null ? "" : " at " + model.provider(),
                                    orUnknown(model.contextTokens()),
                                    prices(model),
                                    model.deprecatedOn() == null
                                            ? ""
                                            : "  deprecated " + model.deprecatedOn()));
        }
        terminal.print(
                "Price book %s in %s: signed catalogue %d of %s (%s), %s."
                        .formatted(
                                catalogue.priceBook(),
                                catalogue.currency(),
                                catalogue.serial(),
                                catalogue.issued(),
                                catalogue.importedAt() == null
                                        ? "came with the appliance"
                                        : "imported " + catalogue.importedAt(),
                                catalogue.ownImportedAt() == null
                                        ? "nothing of the site's own"
                                        : "the site's own of " + catalogue.ownImportedAt()));
    }

    /** The newest: what is valid from a day to come is shown with that day too. */
    private static String prices(ModelDocument model) {
        List<ModelPrice> prices = model.prices() == null ? List.of() : model.prices();
        return prices.stream()
                .max(Comparator.comparing(ModelPrice::validFrom))
                .map(price ->
                        "%s / %s / %s / %s from %s"
                                .formatted(
                                        amount(price.input()),
                                        amount(price.cachedInput()),
                                        amount(price.cacheWrite()),
                                        amount(price.output()),
                                        price.validFrom()))
                .orElse("no price");
    }

    private static String amount(@Nullable BigDecimal amount) {
        return amount == null ? "?" : amount.toPlainString();
    }

    private static String orUnknown(@Nullable Object value) {
        return value == null ? "?" : value.toString();
    }
}
