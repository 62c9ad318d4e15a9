package com.neuralrouter.server.catalogue;

import static com.neuralrouter.server.catalogue.TestCatalogues.own;
import static com.neuralrouter.server.catalogue.TestCatalogues.signed;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.CatalogueDocument.ModelDocument;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.OptionalLong;

class CatalogueTest {
    private static final String MODEL =
            """
            {"id":"m","aliases":["m-2027"],"owner":"maker","contextTokens":8000,
             "prices":[{"validFrom":"2027-01-01","input":2,"output":8},
                       {"validFrom":"2027-06-01","input":1,"output":4}]}\
            """;
    private static final PricedTokens MILLION_EACH = new PricedTokens(1_000_000, 1_000_000);

    @Test
    void takesThePriceThatWasValidThen() {
        Catalogue catalogue = TestCatalogues.of(signed(1, MODEL), "");

        assertThat(cost(catalogue, "m", "2026-12-31T23:59:59.999Z")).isEmpty();
        assertThat(cost(catalogue, "m", "2027-01-01T00:00:00Z")).hasValue(10_000_000);
        assertThat(cost(catalogue, "m", "2027-05-31T23:59:59.999Z")).hasValue(10_000_000);
        assertThat(cost(catalogue, "m", "2027-06-01T00:00:00Z")).hasValue(5_000_000);
    }

    @Test
    void knowsAModelByItsAliases() {
        Catalogue catalogue = TestCatalogues.of(signed(1, MODEL), "");

        assertThat(catalogue.find("any", "m-2027")).isEqualTo(catalogue.find("any", "m"));
        assertThat(cost(catalogue, "m-2027", "2027-02-01T00:00:00Z")).hasValue(10_000_000);
        assertThat(catalogue.find("any", "M")).isEmpty();
    }

    @Test
    void doesNotKnowWhatAModelCostsThatNobodySaysAPriceOf() {
        Catalogue catalogue = TestCatalogues.of(signed(1, "{\"id\":\"local\"}"), "");

        assertThat(cost(catalogue, "local", "2027-02-01T00:00:00Z")).isEmpty();
        assertThat(cost(catalogue, "unheard-of", "2027-02-01T00:00:00Z")).isEmpty();
    }

    @Nested
    class WhereTheSiteSaysSomething {
        @Test
        void goesByItsWordAndKeepsWhatItDoesNotSay() {
            Catalogue catalogue =
                    TestCatalogues.of(
                            signed(1, MODEL),
                            own(
                                    "USD",
                                    """
                                    {"id":"m","prices":[{"validFrom":"2027-01-01","input":0,"output":0}]}\
                                    """));

            ModelDocument model = catalogue.find("any", "m-2027").orElseThrow();
            assertThat(model.contextTokens()).isEqualTo(8000);
            assertThat(model.owner()).isEqualTo("maker");
            assertThat(cost(catalogue, "m-2027", "2027-07-01T00:00:00Z")).hasValue(0);
        }

        @Test
        void makesAModelOfItsOwnOfAnAlias() {
            Catalogue catalogue =
                    TestCatalogues.of(
                            signed(1, MODEL),
                            own("USD", "{\"id\":\"m-2027\",\"contextTokens\":9}"));

            assertThat(catalogue.find("any", "m-2027").orElseThrow().contextTokens()).isEqualTo(9);
            assertThat(catalogue.find("any", "m").orElseThrow().contextTokens()).isEqualTo(8000);
            assertThat(cost(catalogue, "m-2027", "2027-02-01T00:00:00Z")).hasValue(10_000_000);
        }

        @Test
        void saysItOfOneProviderOnly() {
            Catalogue catalogue =
                    TestCatalogues.of(
                            signed(1, MODEL),
                            own(
                                    "USD",
                                    """
                                    {"id":"m","provider":"cellar",
                                     "prices":[{"validFrom":"2027-01-01","input":0,"output":0}]}\
                                    """));

            long at = Instant.parse("2027-02-01T00:00:00Z").toEpochMilli();
            PriceBook book = catalogue.prices();
            assertThat(book.cost("cellar", "m", at, MILLION_EACH)).hasValue(0);
            assertThat(book.cost("cellar", "m-2027", at, MILLION_EACH)).hasValue(0);
            assertThat(book.cost("cloud", "m", at, MILLION_EACH)).hasValue(10_000_000);
        }

        @Test
        void mixesNoCurrencies() {
            Catalogue catalogue =
                    TestCatalogues.of(
                            signed(1, MODEL),
                            own(
                                    "EUR",
                                    """
                                    {"id":"n","prices":[{"validFrom":"2027-01-01","input":3,"output":3}]}\
                                    """));

            assertThat(catalogue.prices().currency()).isEqualTo("EUR");
            assertThat(cost(catalogue, "n", "2027-02-01T00:00:00Z")).hasValue(6_000_000);
            assertThat(cost(catalogue, "m", "2027-02-01T00:00:00Z")).isEmpty();
            assertThat(catalogue.find("any", "m").orElseThrow().contextTokens()).isEqualTo(8000);
        }
    }

    private static OptionalLong cost(Catalogue catalogue, String model, String at) {
        return catalogue
                .prices()
                .cost("any", model, Instant.parse(at).toEpochMilli(), MILLION_EACH);
    }
}
