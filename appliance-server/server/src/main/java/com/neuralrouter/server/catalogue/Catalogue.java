package com.neuralrouter.server.catalogue;

import static com.neuralrouter.server.catalogue.CatalogueFile.orEmpty;

import com.neuralrouter.contract.CatalogueDocument;
import com.neuralrouter.contract.CatalogueDocument.ModelDocument;
import com.neuralrouter.contract.CatalogueDocument.ModelPrice;
import com.neuralrouter.server.catalogue.PriceBook.DatedRates;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is known of models: a signed catalogue, and over it what the site says of its own. Member by
 * member the site's word goes first. Immutable, a part of the published snapshot.
 */
public final class Catalogue {
    /** Of which nothing is known. */
    public static final Catalogue EMPTY =
            new Catalogue(List.of(), Map.of(), Map.of(), PriceBook.EMPTY);

    private final List<ModelDocument> models;
    private final Map<String, ModelDocument> byName;
    private final Map<String, Map<String, ModelDocument>> byProvider;
    private final PriceBook prices;

    private Catalogue(
            List<ModelDocument> models,
            Map<String, ModelDocument> byName,
            Map<String, Map<String, ModelDocument>> byProvider,
            PriceBook prices) {
        this.models = List.copyOf(models);
        this.byName = byName;
        this.byProvider = byProvider;
        this.prices = prices;
    }

    /**
     * @param own what the site says; without models if it says nothing
     * @param version what the book of prices is called
     */
    static Catalogue of(CatalogueDocument signed, CatalogueDocument own, String version) {
        boolean sameCurrency = signed.currency().equals(own.currency());
        var named = new HashMap<String, ModelDocument>();
        var sorted = new TreeMap<String, ModelDocument>();
        for (ModelDocument model : signed.models()) {
            add(sameCurrency ? model : withoutPrices(model), sorted, named);
        }
        for (ModelDocument model : own.models()) {
            if (model.provider() == null) {
                add(over(named.get(model.id()), model), sorted, named);
            }
        }
        Map<String, Map<String, ModelDocument>> there = new TreeMap<>();
        List<ModelDocument> all = new ArrayList<>(sorted.values());
        for (ModelDocument model : own.models()) {
            String provider = model.provider();
            if (provider != null) {
                ModelDocument merged = over(named.get(model.id()), model);
                all.add(merged);
                var at = there.computeIfAbsent(provider, _ -> new HashMap<>());
                names(merged).forEach(name -> at.put(name, merged));
            }
        }
        return new Catalogue(
                all, Map.copyOf(named), there, book(version, own.currency(), named, there));
    }

    /** All names of a model lead to what is known of it now. */
    private static void add(
            ModelDocument model,
            Map<String, ModelDocument> sorted,
            Map<String, ModelDocument> named) {
        sorted.put(model.id(), model);
        names(model).forEach(name -> named.put(name, model));
    }

    private static List<String> names(ModelDocument model) {
        var names = new ArrayList<>(orEmpty(model.aliases()));
        names.add(model.id());
        return names;
    }

    /**
     * What the site says over what is known by that name. Where that name is only an alias, the
     * site has made a model of its own of it: the others stay what they were.
     */
    private static ModelDocument over(@Nullable ModelDocument known, ModelDocument said) {
        if (known == null) {
            return said;
        }
        boolean same = known.id().equals(said.id());
        return new ModelDocument(
                said.id(),
                same ? both(known.aliases(), said.aliases()) : said.aliases(),
                said.provider(),
                or(said.owner(), known.owner()),
                or(said.contextTokens(), known.contextTokens()),
                or(said.outputTokens(), known.outputTokens()),
                or(said.abilities(), known.abilities()),
                or(said.prices(), known.prices()),
                or(said.deprecatedOn(), known.deprecatedOn()),
                or(said.retiresOn(), known.retiresOn()),
                or(said.successor(), known.successor()));
    }

    private static @Nullable List<String> both(
            @Nullable List<String> known, @Nullable List<String> said) {
        List<String> all =
                Stream.concat(orEmpty(known).stream(), orEmpty(said).stream()).distinct().toList();
        return all.isEmpty() ? null : all;
    }

    private static <T> @Nullable T or(@Nullable T said, @Nullable T known) {
        return said == null ? known : said;
    }

    private static ModelDocument withoutPrices(ModelDocument model) {
        return new ModelDocument(
                model.id(),
                model.aliases(),
                model.provider(),
                model.owner(),
                model.contextTokens(),
                model.outputTokens(),
                model.abilities(),
                null,
                model.deprecatedOn(),
                model.retiresOn(),
                model.successor());
    }

    private static PriceBook book(
            String version,
            String currency,
            Map<String, ModelDocument> named,
            Map<String, Map<String, ModelDocument>> there) {
        var atProviders = new HashMap<String, Map<String, List<DatedRates>>>();
        there.forEach((provider, models) -> atProviders.put(provider, dated(models)));
        return new PriceBook(version, currency, dated(named), atProviders);
    }

    private static Map<String, List<DatedRates>> dated(Map<String, ModelDocument> models) {
        var dated = new HashMap<String, List<DatedRates>>();
        models.forEach((name, model) -> {
            List<DatedRates> prices =
                    orEmpty(model.prices()).stream()
                            .map(Catalogue::dated)
                            .sorted(Comparator.comparingLong(DatedRates::fromMillis).reversed())
                            .toList();
            dated.put(name, prices);
        });
        return dated;
    }

    private static DatedRates dated(ModelPrice price) {
        return new DatedRates(
                price.validFrom().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli(),
                new Rates(
                        micros(price.input()),
                        micros(price.cachedInput()),
                        micros(price.cacheWrite()),
                        micros(price.output()),
                        micros(price.reasoning())));
    }

    private static long micros(@Nullable BigDecimal amount) {
        return amount == null ? -1 : amount.movePointRight(6).longValueExact();
    }

    /** All that is known, by id; what is said of one provider comes last. */
    List<ModelDocument> models() {
        return models;
    }

    /**
     * What is known of a model at a provider, by one of its names there.
     *
     * @param provider the provider's name
     */
    public Optional<ModelDocument> find(String provider, String model) {
        ModelDocument there = byProvider.getOrDefault(provider, Map.of()).get(model);
        return Optional.ofNullable(there == null ? byName.get(model) : there);
    }

    public PriceBook prices() {
        return prices;
    }
}
