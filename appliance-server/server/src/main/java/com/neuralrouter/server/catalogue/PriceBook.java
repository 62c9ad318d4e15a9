package com.neuralrouter.server.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The prices in force: immutable, a part of the published snapshot. What it does not know costs an
 * unknown amount, never nothing.
 */
public final class PriceBook {
    /** Without any price. */
    public static final PriceBook EMPTY = new PriceBook("none", "", Map.of(), Map.of());

    private final String version;
    private final String currency;
    private final Map<String, List<DatedRates>> byModel;
    private final Map<String, Map<String, List<DatedRates>>> byProvider;

    /**
     * Prices from a moment on.
     *
     * @param fromMillis epoch milliseconds
     */
    record DatedRates(long fromMillis, Rates rates) {}

    /**
     * @param byModel each list with the newest first
     * @param byProvider the same for models at one provider, by its name
     */
    PriceBook(
            String version,
            String currency,
            Map<String, List<DatedRates>> byModel,
            Map<String, Map<String, List<DatedRates>>> byProvider) {
        this.version = version;
        this.currency = currency;
        this.byModel = Map.copyOf(byModel);
        var copies = new HashMap<String, Map<String, List<DatedRates>>>();
        byProvider.forEach((provider, models) -> copies.put(provider, Map.copyOf(models)));
        this.byProvider = Map.copyOf(copies);
    }

    /** What a record says of the book that it was priced by: 32 characters at the most. */
    public String version() {
        return version;
    }

    /** Three letters, as in ISO 4217; empty where there are no prices. */
    public String currency() {
        return currency;
    }

    /**
     * What the model costs at the provider then.
     *
     * @param provider the provider's name
     * @param model the model's name there
     */
    public Rates rates(String provider, String model, long atMillis) {
        List<DatedRates> here = byProvider.getOrDefault(provider, Map.of()).get(model);
        List<DatedRates> dated = here == null ? byModel.getOrDefault(model, List.of()) : here;
        for (DatedRates each : dated) {
            if (each.fromMillis() <= atMillis) {
                return each.rates();
            }
        }
        return Rates.UNKNOWN;
    }

    /** What that came to, in millionths of the currency; empty if it is not known. */
    public OptionalLong cost(String provider, String model, long atMillis, PricedTokens tokens) {
        return rates(provider, model, atMillis).cost(tokens);
    }
}
