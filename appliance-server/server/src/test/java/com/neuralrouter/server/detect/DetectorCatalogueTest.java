package com.neuralrouter.server.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The shipped detectors are data with tests: each finds what its entry says, and not the rest. */
class DetectorCatalogueTest {
    private static final DetectorCatalogue CATALOGUE = ShippedDetectors.catalogue();

    @Test
    void findsWhatEachEntrySaysThatItFinds() {
        for (DetectorCatalogue.Entry entry : CATALOGUE.entries()) {
            assertThat(entry.matches()).as(entry.id()).isNotEmpty();
            for (String text : entry.matches()) {
                assertThat(found(entry.id(), text)).as(entry.id() + " in " + text).hasSize(1);
            }
        }
    }

    @Test
    void leavesAloneWhatEachEntrySaysThatItIsNot() {
        for (DetectorCatalogue.Entry entry : CATALOGUE.entries()) {
            assertThat(entry.ignores()).as(entry.id()).isNotEmpty();
            for (String text : entry.ignores()) {
                assertThat(found(entry.id(), text)).as(entry.id() + " in " + text).isEmpty();
            }
        }
    }

    @Test
    void hasTheGroupsThatPoliciesName() {
        assertThat(CATALOGUE.group("pii")).hasSizeGreaterThan(15);
        assertThat(CATALOGUE.group("secrets")).hasSizeGreaterThan(10);
        assertThat(CATALOGUE.group("weather")).isEmpty();
    }

    @Test
    void refusesACatalogueThatIsNotAsItWasSigned() throws IOException {
        byte[] document = resource("detectors.json");
        byte[] signature = resource("detectors.json.sig");
        byte[] key = resource("detectors-key.pub");
        ShippedDetectors.demandSigned(document, signature, key);

        byte[] changed = document.clone();
        changed[100] ^= 1;

        assertThatThrownBy(() -> ShippedDetectors.demandSigned(changed, signature, key))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not as it was signed");
        assertThatThrownBy(() -> ShippedDetectors.demandSigned(document, new byte[64], key))
                .isInstanceOf(IllegalStateException.class);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ShippedDetectors.class.getResourceAsStream("/guardrail/" + name)) {
            return in.readAllBytes();
        }
    }

    private static List<Match> found(String id, String text) {
        return new Scan(List.of(CATALOGUE.detector(id).orElseThrow())).matches(text);
    }
}
