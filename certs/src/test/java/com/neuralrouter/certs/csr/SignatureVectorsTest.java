package com.neuralrouter.certs.csr;

import static org.assertj.core.api.Assertions.assertThat;

import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Wycheproof's vectors for the signatures that certificates and their requests have here, verified
 * with Bouncy Castle, as {@link CertificateRequest} does, and with the JDK, as TLS and chains do;
 * the source is in {@code src/test/resources/vectors/README.md}. The counts are asserted, so that a
 * file that is cut short is noticed.
 */
class SignatureVectorsTest {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    /** Of {@code acceptable} tests either answer is right: they are not counted. */
    @ParameterizedTest
    @CsvSource({
        "wycheproof_ecdsa_secp256r1_sha256.txt, SHA256withECDSA, 147, 239",
        "wycheproof_ecdsa_secp384r1_sha384.txt, SHA384withECDSA, 168, 239",
        "wycheproof_eddsa.txt, Ed25519, 88, 62",
        "wycheproof_rsa_signature_2048_sha256.txt, SHA256withRSA, 9, 249",
        "wycheproof_rsa_signature_3072_sha256.txt, SHA256withRSA, 8, 250"
    })
    void verifiesAsPublished(String file, String algorithm, int valid, int invalid)
            throws Exception {
        int accepted = 0;
        int refused = 0;
        SubjectPublicKeyInfo key = null;
        for (String line : lines(file)) {
            if (line.startsWith("key ")) {
                key = SubjectPublicKeyInfo.getInstance(hex(line.substring(4)));
                continue;
            }
            String[] test = line.split("\\|", -1);
            boolean holds = holds(BOUNCY_CASTLE, key, algorithm, test);
            if (!test[3].strip().equals("acceptable")) {
                assertThat(holds(jdk(algorithm), key, algorithm, test))
                        .as("test %s with the JDK", test[0])
                        .isEqualTo(test[3].strip().equals("valid"));
            }
            switch (test[3].strip()) {
                case "valid" -> {
                    assertThat(holds).as("test %s", test[0]).isTrue();
                    accepted++;
                }
                case "invalid" -> {
                    assertThat(holds).as("test %s", test[0]).isFalse();
                    refused++;
                }
                case "acceptable" -> {}
                default -> throw new IllegalStateException(line);
            }
        }

        assertThat(List.of(accepted, refused)).containsExactly(valid, invalid);
    }

    private static Provider jdk(String algorithm) throws NoSuchAlgorithmException {
        return Signature.getInstance(algorithm).getProvider();
    }

    private static boolean holds(
            Provider provider, SubjectPublicKeyInfo key, String algorithm, String[] test)
            throws OperatorCreationException, IOException {
        ContentVerifier verifier =
                new JcaContentVerifierProviderBuilder()
                        .setProvider(provider)
                        .build(Objects.requireNonNull(key))
                        .get(new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm));
        try (OutputStream message = verifier.getOutputStream()) {
            message.write(hex(test[1].strip()));
        }
        try {
            return verifier.verify(hex(test[2].strip()));
        } catch (RuntimeOperatorException _) {
            return false; // as CertificateRequest has it: what can't be read does not hold
        }
    }

    private static List<String> lines(String file) {
        try (InputStream in =
                Objects.requireNonNull(
                        SignatureVectorsTest.class.getResourceAsStream("/vectors/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
