package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * What is known of models, as a file: the one that comes signed with the appliance, a newer one,
 * and a site's own.
 *
 * @param format 1
 * @param serial grows with each signed catalogue; absent in a site's own
 * @param issued the day on which a signed one was issued
 * @param currency of all prices in it, as in ISO 4217
 */
public record CatalogueDocument(
        int format,
        @Nullable Long serial,
        @Nullable LocalDate issued,
        String currency,
        List<ModelDocument> models) {

    /**
     * One model; what is absent is not known.
     *
     * @param id the name by which providers know it
     * @param aliases other names of the same model, such as those with a date
     * @param provider the name of the site's provider that it is said of; absent means any. In a
     *     site's own catalogue only
     * @param contextTokens how many tokens request and answer may have together
     * @param outputTokens how many tokens an answer may have
     * @param prices from different days on
     * @param deprecatedOn the day since which its owner advises against it
     * @param retiresOn the day on which its owner ends it
     * @param successor the model that its owner advises instead
     */
    public record ModelDocument(
            String id,
            @Nullable List<String> aliases,
            @Nullable String provider,
            @Nullable String owner,
            @Nullable Integer contextTokens,
            @Nullable Integer outputTokens,
            @Nullable List<Ability> abilities,
            @Nullable List<ModelPrice> prices,
            @Nullable LocalDate deprecatedOn,
            @Nullable LocalDate retiresOn,
            @Nullable String successor) {}

    /** What a model can do. */
    public enum Ability {
        CHAT,
        TOOLS,
        /** Takes images. */
        IMAGES,
        /** Answers by a JSON schema. */
        SCHEMA,
        REASONING,
        EMBEDDINGS,
        RERANK,
        MODERATION,
        TRANSCRIPTION,
        SPEECH,
        IMAGE_GENERATION
    }

    /**
     * What a million tokens of each kind cost; with six decimals at the most. What is absent is not
     * known, which is something else than 0.
     *
     * @param validFrom from the beginning of that day on, in UTC
     * @param input tokens of the request
     * @param cachedInput those of them that the provider read from its cache; absent means as input
     * @param cacheWrite those of them that it wrote into its cache
     * @param output tokens of the answer
     * @param reasoning those of them that were thoughts; absent means as output
     */
    public record ModelPrice(
            LocalDate validFrom,
            @Nullable BigDecimal input,
            @Nullable BigDecimal cachedInput,
            @Nullable BigDecimal cacheWrite,
            @Nullable BigDecimal output,
            @Nullable BigDecimal reasoning) {}
}
