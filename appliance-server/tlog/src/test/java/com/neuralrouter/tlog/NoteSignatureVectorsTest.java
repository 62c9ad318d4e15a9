package com.neuralrouter.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Wycheproof's vectors for the signatures of notes, verified as {@link NoteVerifier} verifies them;
 * the source is in {@code src/test/resources/tlog/README.md}. The counts are asserted, so that a
 * file that is cut short is noticed.
 */
class NoteSignatureVectorsTest {
    @ParameterizedTest
    @CsvSource({
        "wycheproof_ed25519.txt, ED25519, 88, 62",
        "wycheproof_mldsa_44.txt, ML_DSA_44_COSIGNATURE, 75, 98"
    })
    void verifiesAsPublished(String file, NoteAlgorithm algorithm, int valid, int invalid)
            throws IOException {
        int accepted = 0;
        int refused = 0;
        byte[] key = {};
        for (String line : lines(file)) {
            if (line.startsWith("key ")) {
                key = HexFormat.of().parseHex(line.substring(4));
                continue;
            }
            String[] test = line.split("\\|", -1);
            boolean expected = test[3].strip().equals("valid");
            assertThat(holds(key, algorithm, hex(test[1]), hex(test[2])))
                    .as("test %s", test[0])
                    .isEqualTo(expected);
            accepted += expected ? 1 : 0;
            refused += expected ? 0 : 1;
        }

        assertThat(List.of(accepted, refused)).containsExactly(valid, invalid);
    }

    /** A key that can't be one verifies nothing. */
    private static boolean holds(
            byte[] key, NoteAlgorithm algorithm, byte[] message, byte[] signature) {
        try {
            return new NoteVerifier("wycheproof.example", algorithm, key)
                    .verifies(message, signature);
        } catch (MalformedNote notAKey) {
            return false;
        }
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        NoteSignatureVectorsTest.class.getResourceAsStream("/tlog/" + file),
                        file)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.strip());
    }
}
