package com.neuralrouter.server.catalogue;

import com.neuralrouter.contract.CatalogueDocument;
import com.neuralrouter.contract.CatalogueDocument.ModelDocument;
import com.neuralrouter.contract.CatalogueDocument.ModelPrice;
import com.neuralrouter.server.admin.AdminJson;
import com.neuralrouter.server.admin.AdminRefused;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a catalogue's file, strictly: what is not understood, or contradicts itself, is refused
 * with its place.
 */
public final class CatalogueFile {
    /** As many characters as the store keeps. */
    static final int MOST_CHARACTERS = 800_000;

    private static final int FORMAT = 1;
    private static final int MOST_MODELS = 5_000;
    private static final int NAME = 250;
    private static final int DECIMALS = 6;
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private CatalogueFile() {}

    /** Throws {@link CatalogueRefused}. */
    static CatalogueDocument signed(String file) {
        CatalogueDocument read = read(file);
        demand(read.serial() != null && read.serial() > 0, "serial", "must be there, from 1");
        demand(read.issued() != null, "issued", "must be there");
        for (int i = 0; i < read.models().size(); i++) {
            demand(
                    read.models().get(i).provider() == null,
                    "models[" + i + "].provider",
                    "is for a site's own catalogue only");
        }
        return read;
    }

    /** A site's own. Throws {@link CatalogueRefused}. */
    public static CatalogueDocument own(String file) {
        CatalogueDocument read = read(file);
        demand(read.serial() == null, "serial", "is for signed catalogues only");
        return read;
    }

    private static CatalogueDocument read(String file) {
        demand(file.length() <= MOST_CHARACTERS, "document", "is too long");
        CatalogueDocument read;
        try {
            read = AdminJson.read(file.getBytes(StandardCharsets.UTF_8), CatalogueDocument.class);
        } catch (AdminRefused refused) {
            throw new CatalogueRefused("It is not a catalogue: " + refused.getMessage());
        }
        demand(read.format() == FORMAT, "format", "must be 1; a newer appliance may know it");
        demand(CURRENCY.matcher(read.currency()).matches(), "currency", "must be as in EUR");
        demand(read.models().size() <= MOST_MODELS, "models", "must be 5,000 at the most");
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < read.models().size(); i++) {
            check("models[" + i + "]", read.models().get(i), taken);
        }
        return read;
    }

    private static void check(String at, ModelDocument model, Set<String> taken) {
        String where = model.provider() == null ? "" : model.provider();
        name(at + ".id", model.id());
        demand(taken.add(where + "\n" + model.id()), at + ".id", "is there more than once");
        List<String> aliases = orEmpty(model.aliases());
        for (int i = 0; i < aliases.size(); i++) {
            String alias = at + ".aliases[" + i + "]";
            name(alias, aliases.get(i));
            demand(taken.add(where + "\n" + aliases.get(i)), alias, "is there more than once");
        }
        optionalName(at + ".provider", model.provider());
        optionalName(at + ".owner", model.owner());
        optionalName(at + ".successor", model.successor());
        positive(at + ".contextTokens", model.contextTokens());
        positive(at + ".outputTokens", model.outputTokens());
        prices(at + ".prices", orEmpty(model.prices()));
    }

    private static void prices(String at, List<ModelPrice> prices) {
        Set<LocalDate> days = new HashSet<>();
        for (int i = 0; i < prices.size(); i++) {
            ModelPrice price = prices.get(i);
            String here = at + "[" + i + "].";
            demand(days.add(price.validFrom()), here + "validFrom", "is there more than once");
            amount(here + "input", price.input());
            amount(here + "cachedInput", price.cachedInput());
            amount(here + "cacheWrite", price.cacheWrite());
            amount(here + "output", price.output());
            amount(here + "reasoning", price.reasoning());
        }
    }

    private static void amount(String at, @Nullable BigDecimal amount) {
        if (amount != null) {
            demand(
                    amount.signum() >= 0 && amount.compareTo(HIGHEST) <= 0,
                    at,
                    "must be 0 to 1,000,000");
            demand(
                    amount.stripTrailingZeros().scale() <= DECIMALS,
                    at,
                    "must have six decimals at the most");
        }
    }

    private static void positive(String at, @Nullable Integer number) {
        demand(number == null || number > 0, at, "must be 1 or more");
    }

    private static void optionalName(String at, @Nullable String name) {
        if (name != null) {
            name(at, name);
        }
    }

    private static void name(String at, String name) {
        boolean good =
                !name.isBlank()
                        && name.length() <= NAME
                        && name.chars().noneMatch(Character::isISOControl);
        demand(good, at, "must be 1 to 250 characters, without control characters");
    }

    private static void demand(boolean holds, String at, String must) {
        if (!holds) {
            throw new CatalogueRefused("It can't be used: " + at + " " + must + ".");
        }
    }

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
