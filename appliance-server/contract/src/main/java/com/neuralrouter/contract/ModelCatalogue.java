package com.neuralrouter.contract;

import com.neuralrouter.contract.CatalogueDocument.ModelDocument;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The catalogue in force: the newest signed one, with what the site says of its own.
 *
 * @param priceBook what records of requests call the prices in it
 * @param serial of the signed one
 * @param issued the day on which that was issued
 * @param importedAt when it was imported; absent while the appliance's own is in force
 * @param ownImportedAt when the site's own was imported; absent if there is none
 * @param currency of all prices; what the signed one says in another currency is left out
 * @param models by id; those that are said of one provider come last
 */
public record ModelCatalogue(
        String priceBook,
        long serial,
        LocalDate issued,
        @Nullable Instant importedAt,
        @Nullable Instant ownImportedAt,
        String currency,
        List<ModelDocument> models) {}
