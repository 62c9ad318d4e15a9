package com.neuralrouter.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidAlgorithmParameterException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The published vectors of the ciphers that this room uses, through our own methods; where they
 * come from is in {@code src/test/resources/vectors/README.md}. The counts are asserted, so that a
 * file that is cut short is noticed.
 */
class AeadVectorsTest {
    @Test
    void aesGcmAgreesWithWycheproofAndRefusesOtherSizes() {
        int agreed = 0;
        int refused = 0;
        int otherSizes = 0;
        for (String[] test : lines("wycheproof_aes_gcm.txt", 7)) {
            byte[] key = hex(test[1]);
            byte[] nonce = hex(test[2]);
            byte[] associated = hex(test[3]);
            byte[] sealed = hex(test[5]);
            if (key.length != 32 || nonce.length != 12) {
                assertThatThrownBy(() -> AesGcm.decrypt(key, nonce, sealed, associated))
                        .as("test %s", test[0])
                        .isInstanceOf(IllegalArgumentException.class);
                otherSizes++;
            } else if (test[6].equals("valid")) {
                assertThat(AesGcm.encrypt(key, nonce, hex(test[4]), associated))
                        .as("test %s", test[0])
                        .isEqualTo(sealed);
                assertThat(AesGcm.decrypt(key, nonce, sealed, associated))
                        .as("test %s", test[0])
                        .isEqualTo(hex(test[4]));
                agreed++;
            } else {
                assertThatThrownBy(() -> AesGcm.decrypt(key, nonce, sealed, associated))
                        .as("test %s", test[0])
                        .isInstanceOf(UnopenableSecret.class);
                refused++;
            }
        }

        assertThat(List.of(agreed, refused, otherSizes)).containsExactly(39, 27, 250);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nist_gcm_encrypt_256.txt", "nist_gcm_decrypt_256.txt"})
    void aesGcmAgreesWithNist(String file) {
        List<String[]> tests = lines(file, 6);
        for (String[] test : tests) {
            byte[] key = hex(test[0]);
            byte[] nonce = hex(test[1]);
            byte[] associated = hex(test[2]);
            byte[] sealed = hex(test[4]);
            if (test[5].equals("valid")) {
                assertThat(AesGcm.encrypt(key, nonce, hex(test[3]), associated)).isEqualTo(sealed);
                assertThat(AesGcm.decrypt(key, nonce, sealed, associated)).isEqualTo(hex(test[3]));
            } else {
                assertThatThrownBy(() -> AesGcm.decrypt(key, nonce, sealed, associated))
                        .isInstanceOf(UnopenableSecret.class);
            }
        }

        assertThat(tests).hasSize(375);
    }

    /** Of the JDK's HKDF, which {@link AesKey} uses with a label of its own. */
    @Test
    void hkdfAgreesWithWycheproof() throws Exception {
        List<String[]> tests = lines("wycheproof_hkdf_sha256.txt", 7);
        for (String[] test : tests) {
            HKDFParameterSpec.Builder input =
                    HKDFParameterSpec.ofExtract().addIKM(hex(test[1])).addSalt(hex(test[2]));
            int size = Integer.parseInt(test[4]);
            if (test[6].equals("valid")) {
                assertThat(
                                KDF.getInstance("HKDF-SHA256")
                                        .deriveData(input.thenExpand(hex(test[3]), size)))
                        .as("test %s", test[0])
                        .isEqualTo(hex(test[5]));
            } else {
                assertThatThrownBy(() ->
                                KDF.getInstance("HKDF-SHA256")
                                        .deriveData(input.thenExpand(hex(test[3]), size)))
                        .as("test %s", test[0])
                        .isInstanceOf(InvalidAlgorithmParameterException.class);
            }
        }

        assertThat(tests).hasSize(86);
    }

    private static List<String[]> lines(String file, int fields) {
        try (InputStream in =
                Objects.requireNonNull(
                        AeadVectorsTest.class.getResourceAsStream("/vectors/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> split(line, fields))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String[] split(String line, int fields) {
        String[] parts =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        assertThat(parts).as(line).hasSize(fields);
        return parts;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
