package com.neuralrouter.server.admin;

import com.neuralrouter.contract.CatalogueDocument;
import com.neuralrouter.contract.CatalogueDocument.Ability;
import com.neuralrouter.contract.CatalogueDocument.ModelDocument;
import com.neuralrouter.contract.CatalogueDocument.ModelPrice;
import com.neuralrouter.contract.ImportCatalogue;
import com.neuralrouter.contract.ModelCatalogue;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** One example of each record about what is known of models. */
final class CatalogueMessages {
    private static final LocalDate DAY = LocalDate.parse("2027-01-31");

    private CatalogueMessages() {}

    static void addTo(Map<String, Object> all) {
        all.put("CatalogueDocument", new CatalogueDocument(1, 2027013101L, DAY, "EUR", models()));
        all.put(
                "CatalogueDocument-own",
                new CatalogueDocument(1, null, null, "EUR", List.of(atOneProvider())));
        all.put(
                "ModelCatalogue",
                new ModelCatalogue(
                        "2027013101+5f0c9a1b2c3d",
                        2027013101L,
                        DAY,
                        Instant.parse("2027-01-31T12:00:00.123456Z"),
                        Instant.parse("2027-02-01T12:00:00Z"),
                        "EUR",
                        models()));
        all.put(
                "ModelCatalogue-shipped",
                new ModelCatalogue("2027013101", 2027013101L, DAY, null, null, "USD", List.of()));
        all.put("ImportCatalogue", new ImportCatalogue("{}", "c2lnbmF0dXJl"));
        all.put("ImportCatalogue-own", new ImportCatalogue("{}", null));
    }

    private static List<ModelDocument> models() {
        return List.of(
                new ModelDocument(
                        "example-1",
                        List.of("example-1-2027-01-31"),
                        null,
                        "example",
                        128_000,
                        16_384,
                        List.of(Ability.CHAT, Ability.TOOLS),
                        List.of(
                                new ModelPrice(
                                        DAY,
                                        new BigDecimal("2.5"),
                                        new BigDecimal("0.25"),
                                        new BigDecimal("3.125"),
                                        new BigDecimal("10"),
                                        new BigDecimal("12"))),
                        DAY,
                        LocalDate.parse("2027-12-31"),
                        "example-2"));
    }

    private static ModelDocument atOneProvider() {
        return new ModelDocument(
                "llama", null, "vllm-a", null, null, null, null, null, null, null, null);
    }
}
