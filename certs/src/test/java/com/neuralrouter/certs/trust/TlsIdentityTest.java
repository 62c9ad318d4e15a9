package com.neuralrouter.certs.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.certs.Pki;
import com.neuralrouter.certs.csr.DeviceKey;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;

class TlsIdentityTest {
    private static final char[] PASSWORD = "correct horse".toCharArray();

    private final Pki site = Pki.now();

    @Test
    void isReadBackFromPkcs12ByTheJdk() throws Exception {
        TlsIdentity identity = site.client("Alice");

        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(identity.toPkcs12(PASSWORD)), PASSWORD);

        String alias = store.aliases().nextElement();
        assertThat(store.getKey(alias, PASSWORD)).isEqualTo(identity.key());
        assertThat(store.getCertificateChain(alias))
                .containsExactly(identity.chain().toArray(X509Certificate[]::new));
    }

    @Test
    void readsBackItsOwnPkcs12() {
        TlsIdentity identity = site.server("appliance.test");

        TlsIdentity read = TlsIdentity.ofPkcs12(identity.toPkcs12(PASSWORD), PASSWORD);

        assertThat(read).isEqualTo(identity);
    }

    @Test
    void saysThatThePasswordMayBeAnotherOne() {
        byte[] pkcs12 = site.client("Alice").toPkcs12(PASSWORD);

        assertThatThrownBy(() -> TlsIdentity.ofPkcs12(pkcs12, "wrong".toCharArray()))
                .isInstanceOf(CertificateProblem.class)
                .hasMessage("The key store is damaged, or its password is another one.");
    }

    @Test
    void refusesAKeyThatDoesNotFit() {
        assertThatThrownBy(() -> DeviceKey.generate().with(site.client("Alice").chain()))
                .isInstanceOf(CertificateProblem.class)
                .hasMessage("The private key does not belong to the certificate.");
    }

    @Test
    void doesNotTellItsKey() {
        TlsIdentity identity = site.client("Alice");

        assertThat(identity.toString())
                .contains("redacted")
                .doesNotContain(Base64.getEncoder().encodeToString(identity.key().getEncoded()));
    }
}
