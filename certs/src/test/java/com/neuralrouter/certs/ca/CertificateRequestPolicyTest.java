package com.neuralrouter.certs.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.certs.Pki;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Pem;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;

/** Which requests get a certificate. */
class CertificateRequestPolicyTest {
    private final Pki site = Pki.now();

    @ParameterizedTest
    @CsvSource({
        "secp256r1, SHA256withECDSA",
        "secp384r1, SHA384withECDSA",
        "Ed25519, Ed25519",
        "2048, SHA256withRSA"
    })
    void certifiesStrongKeys(String kind, String signature) throws Exception {
        KeyPair pair = pair(kind);

        var chain = issue(request(pair, pair, signature));

        assertThat(chain.getFirst().getPublicKey().getEncoded())
                .isEqualTo(pair.getPublic().getEncoded());
    }

    @ParameterizedTest
    @CsvSource({
        "secp521r1, SHA512withECDSA",
        "secp224r1, SHA256withECDSA",
        "1024, SHA256withRSA",
        "Ed448, Ed448"
    })
    void refusesKeysThatAreNotOnItsList(String kind, String signature) throws Exception {
        KeyPair pair = pair(kind);
        String pem = request(pair, pair, signature);

        assertThatThrownBy(() -> issue(pem))
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("does not certify");
    }

    @Test
    void refusesARequestSignedWithAnotherKey() throws Exception {
        String pem = request(pair("secp256r1"), pair("secp256r1"), "SHA256withECDSA");

        assertThatThrownBy(() -> CertificateRequest.read(pem))
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("signature does not hold");
    }

    /** Every byte of a good request in turn: nothing may come through, and nothing may crash. */
    @Test
    void refusesARequestWithAnyByteChanged() {
        byte[] good =
                Pem.only(
                        Pem.CERTIFICATE_REQUEST, CertificateRequest.of(DeviceKey.generate()).pem());
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 0x55;
            String pem = Pem.write(Pem.CERTIFICATE_REQUEST, bad);

            assertThatThrownBy(() -> CertificateRequest.read(pem))
                    .as("byte %d of %d", at, good.length)
                    .isInstanceOf(CertificateProblem.class);
        }
    }

    @Test
    void refusesWhatIsNoRequest() {
        String certificate = Pem.write(site.root());
        String huge = Pem.write(Pem.CERTIFICATE_REQUEST, new byte[64 * 1024]);

        assertThatThrownBy(() -> CertificateRequest.read(certificate))
                .hasMessageContaining("[CERTIFICATE]");
        assertThatThrownBy(() -> CertificateRequest.read("hello"))
                .isInstanceOf(CertificateProblem.class);
        assertThatThrownBy(() -> CertificateRequest.read(huge)).hasMessageContaining("too long");
    }

    @Test
    void readsItsOwnRequests() {
        String pem = CertificateRequest.of(DeviceKey.generate()).pem();

        assertThatCode(() -> issue(pem)).doesNotThrowAnyException();
    }

    private List<X509Certificate> issue(String pem) {
        return site.authority()
                .issueClient(
                        CertificateRequest.read(pem),
                        new ClientName("Alice", Pki.INSTALLATION, Pki.DEVICE),
                        Duration.ofDays(90));
    }

    private static KeyPair pair(String kind) throws Exception {
        if (kind.startsWith("secp")) {
            // The JDK no longer makes keys on every curve that a stranger may use.
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
            generator.initialize(new ECGenParameterSpec(kind));
            return generator.generateKeyPair();
        }
        if (kind.startsWith("Ed")) {
            return KeyPairGenerator.getInstance(kind).generateKeyPair();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(Integer.parseInt(kind));
        return generator.generateKeyPair();
    }

    private static String request(KeyPair named, KeyPair signing, String signature)
            throws Exception {
        var request =
                new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=root"), named.getPublic())
                        .build(
                                new JcaContentSignerBuilder(signature)
                                        .setProvider(new BouncyCastleProvider())
                                        .build(signing.getPrivate()));
        return Pem.write(Pem.CERTIFICATE_REQUEST, request.getEncoded());
    }
}
