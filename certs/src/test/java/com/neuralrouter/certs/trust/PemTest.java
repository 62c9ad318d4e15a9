package com.neuralrouter.certs.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.certs.Pki;

import org.junit.jupiter.api.Test;

class PemTest {
    private final Pki site = Pki.now();

    @Test
    void readsBackAChain() {
        TlsIdentity server = site.server("localhost");

        assertThat(Pem.certificates(Pem.write(server.chain()))).isEqualTo(server.chain());
    }

    @Test
    void skipsTheTextAroundBlocks() {
        String text = "# our root\n" + Pem.write(site.root()) + "\nthe end";

        assertThat(Pem.certificate(text)).isEqualTo(site.root());
    }

    @Test
    void readsWindowsLineEndings() {
        String text = Pem.write(site.root()).replace("\n", "\r\n");

        assertThat(Pem.certificate(text)).isEqualTo(site.root());
    }

    @Test
    void saysWhatItFoundInstead() {
        String text = Pem.write(Pem.CERTIFICATE_REQUEST, new byte[] {1});

        assertThatThrownBy(() -> Pem.certificate(text))
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("[CERTIFICATE REQUEST]");
        assertThatThrownBy(() -> Pem.certificates(text))
                .hasMessageContaining("CERTIFICATE REQUEST");
        assertThatThrownBy(() -> Pem.certificates("")).hasMessageContaining("no PEM certificate");
    }

    @Test
    void refusesDamagedCertificates() {
        assertThatThrownBy(() -> Pem.certificate(Pem.write(Pem.CERTIFICATE, new byte[] {1, 2})))
                .isInstanceOf(CertificateProblem.class)
                .hasMessage("The certificate is damaged.");
    }
}
