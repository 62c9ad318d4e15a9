package com.neuralrouter.server.catalogue;

import static com.neuralrouter.server.catalogue.TestCatalogues.own;
import static com.neuralrouter.server.catalogue.TestCatalogues.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.ImportCatalogue;
import com.neuralrouter.contract.ModelCatalogue;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.OptionalLong;

@Tag("store")
class CatalogueCommandsTest {
    private static final PricedTokens MILLION = new PricedTokens(1_000_000, 0);
    private static final String PRICED =
            "{\"id\":\"model-a\",\"prices\":[{\"validFrom\":\"2020-01-01\",\"input\":%s}]}";

    @TempDir private Path folder;
    private TestSite site;

    @BeforeEach
    void found() {
        site = new TestSite(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void putsANewerSignedCatalogueInForceForTheNextRequest() {
        assertThat(costNow()).isEmpty();

        ModelCatalogue now = importSigned(signed(11, PRICED.formatted("3")));

        assertThat(now.serial()).isEqualTo(11);
        assertThat(costNow()).hasValue(3_000_000);
        assertThat(site.snapshots.current().catalogue().prices().version()).isEqualTo("11");
    }

    @Test
    void refusesOneThatIsNotNewerThanWhatIsInForce() {
        importSigned(signed(12, PRICED.formatted("3")));

        assertThatThrownBy(() -> importSigned(signed(12, PRICED.formatted("1"))))
                .isInstanceOf(AdminRefused.class)
                .hasMessageContaining("not newer than 12");
        assertThatThrownBy(() -> importSigned(signed(11, PRICED.formatted("1"))))
                .isInstanceOf(AdminRefused.class);
        assertThat(costNow()).hasValue(3_000_000);
    }

    @Test
    void refusesOneThatNobodySigned() {
        String file = signed(11, PRICED.formatted("3"));
        var wanted = new ImportCatalogue(file, TestCatalogues.sign(file + " "));

        assertThatThrownBy(() ->
                        site.catalogue.importCatalogue(
                                site.as(Permission.CATALOGUE_MANAGE), wanted))
                .isInstanceOf(AdminRefused.class)
                .hasMessageContaining("signature");
        assertThat(costNow()).isEmpty();
    }

    @Test
    void replacesTheSitesOwnAndSaysWhichBookIsInForce() {
        ModelCatalogue first = importOwn(own("USD", PRICED.formatted("5")));
        ModelCatalogue second = importOwn(own("USD", PRICED.formatted("6")));

        assertThat(costNow()).hasValue(6_000_000);
        assertThat(first.priceBook()).startsWith("10+").isNotEqualTo(second.priceBook());
        assertThat(second.priceBook()).hasSizeLessThanOrEqualTo(32);
        assertThat(site.entries().getFirst())
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo("catalogue.imported");
                    assertThat(entry.details())
                            .containsEntry("priceBookBefore", first.priceBook())
                            .containsEntry("priceBookAfter", second.priceBook());
                });
    }

    @Test
    void keepsBothThroughARestart() {
        importSigned(signed(11, PRICED.formatted("3")));
        importOwn(own("USD", "{\"id\":\"ours\",\"contextTokens\":9}"));

        site.close();
        site = new TestSite(folder);

        Catalogue catalogue = site.snapshots.current().catalogue();
        assertThat(costNow()).hasValue(3_000_000);
        assertThat(catalogue.find("any", "ours").orElseThrow().contextTokens()).isEqualTo(9);
    }

    private ModelCatalogue importSigned(String file) {
        return site.catalogue.importCatalogue(
                site.as(Permission.CATALOGUE_MANAGE),
                new ImportCatalogue(file, TestCatalogues.sign(file)));
    }

    private ModelCatalogue importOwn(String file) {
        return site.catalogue.importCatalogue(
                site.as(Permission.CATALOGUE_MANAGE), new ImportCatalogue(file, null));
    }

    private OptionalLong costNow() {
        return site.snapshots
                .current()
                .catalogue()
                .prices()
                .cost("any", "model-a", site.clock.millis(), MILLION);
    }
}
