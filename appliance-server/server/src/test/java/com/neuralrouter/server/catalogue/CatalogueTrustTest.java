package com.neuralrouter.server.catalogue;

import static com.neuralrouter.server.catalogue.TestCatalogues.own;
import static com.neuralrouter.server.catalogue.TestCatalogues.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.CatalogueDocument;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class CatalogueTrustTest {
    @Test
    void comesWithACatalogueThatTheBuiltInKeySigned() {
        CatalogueDocument shipped = CatalogueTrust.builtIn().shipped();

        assertThat(shipped.models()).hasSizeGreaterThan(20);
        assertThat(shipped.serial()).isPositive();
    }

    @Test
    void believesWhatTheKeySigned() {
        String file = signed(7, "{\"id\":\"m\"}");

        CatalogueDocument read =
                TestCatalogues.trust().verified(file, TestCatalogues.sign(file) + "\n");

        assertThat(read.serial()).isEqualTo(7);
    }

    @Test
    void refusesWhatAnotherKeySigned() {
        String file = signed(7, "{\"id\":\"m\"}");
        String signature = TestCatalogues.sign(file, TestCatalogues.key().getPrivate());

        assertThatThrownBy(() -> TestCatalogues.trust().verified(file, signature))
                .isInstanceOf(CatalogueRefused.class)
                .hasMessageContaining("signature");
    }

    @Test
    void refusesAFileOfWhichOneBitIsAnother() {
        String file = signed(7, "{\"id\":\"m\"}");
        String signature = TestCatalogues.sign(file);
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            char[] changed = file.toCharArray();
            changed[random.nextInt(changed.length)] ^= (char) (1 << random.nextInt(7));
            String other = new String(changed);

            assertThatThrownBy(() -> TestCatalogues.trust().verified(other, signature))
                    .as("seed %d, step %d", seed, i)
                    .isInstanceOf(CatalogueRefused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "no base64 at all", "QUJDREVGRw=="})
    void refusesWhatIsNoSignature(String signature) {
        String file = signed(7, "{\"id\":\"m\"}");

        assertThatThrownBy(() -> TestCatalogues.trust().verified(file, signature))
                .isInstanceOf(CatalogueRefused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"m\",\"colour\":1}",
                "{\"id\":\"\"}",
                "{\"aliases\":[\"m\"]}",
                "{\"id\":\"m\"},{\"id\":\"m\"}",
                "{\"id\":\"m\"},{\"id\":\"n\",\"aliases\":[\"m\"]}",
                "{\"id\":\"m\",\"provider\":\"p\"}",
                "{\"id\":\"m\",\"contextTokens\":0}",
                "{\"id\":\"m\",\"abilities\":[\"FLY\"]}",
                "{\"id\":\"m\",\"prices\":[{\"input\":1}]}",
                "{\"id\":\"m\",\"prices\":[{\"validFrom\":\"2027-01-01\",\"input\":-1}]}",
                "{\"id\":\"m\",\"prices\":[{\"validFrom\":\"2027-01-01\",\"input\":\"1\"}]}",
                "{\"id\":\"m\",\"prices\":[{\"validFrom\":\"2027-01-01\",\"input\":0.0000001}]}",
                "{\"id\":\"m\",\"prices\":[{\"validFrom\":\"2027-01-01\",\"input\":1e9}]}",
                "{\"id\":\"m\",\"prices\":[{\"validFrom\":\"2027-01-01\"},{\"validFrom\":\"2027-01-01\"}]}",
            })
    void refusesWhatItDoesNotUnderstandAlthoughItIsSigned(String models) {
        String file = signed(7, models);
        String signature = TestCatalogues.sign(file);

        assertThatThrownBy(() -> TestCatalogues.trust().verified(file, signature))
                .isInstanceOf(CatalogueRefused.class)
                .hasMessageStartingWith("It ");
    }

    @Test
    void takesNoSitesOwnForASignedOneAndNoSignedOneForASitesOwn() {
        String own = own("EUR", "{\"id\":\"m\"}");

        assertThatThrownBy(() -> TestCatalogues.trust().verified(own, TestCatalogues.sign(own)))
                .isInstanceOf(CatalogueRefused.class);
        assertThatThrownBy(() -> CatalogueFile.own(signed(7, "{\"id\":\"m\"}")))
                .isInstanceOf(CatalogueRefused.class);
    }
}
