package com.neuralrouter.certs.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.certs.Pki;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.TlsIdentity;

import org.junit.jupiter.api.Test;

import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class SiteCertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private final SiteCertificateAuthority.Created created =
            SiteCertificateAuthority.create("St. Anna, Hospital", Clock.fixed(NOW, ZoneOffset.UTC));
    private final SiteCertificateAuthority authority = created.authority();

    @Test
    void chainsHoldUnderTheJdksPathValidation() throws Exception {
        validate(server().chain(), NOW);
        validate(client(Duration.ofDays(90)), NOW);
    }

    @Test
    void chainsEndWhenTheirLeafExpires() {
        List<X509Certificate> chain = client(Duration.ofDays(90));

        assertThatThrownBy(() -> validate(chain, NOW.plus(Duration.ofDays(91))))
                .isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void rootAndIssuerAreAuthoritiesOnP384AndMaySignOnly() {
        X509Certificate root = authority.root();
        X509Certificate issuing = authority.issuing();

        assertThat(root.getBasicConstraints()).isEqualTo(1);
        assertThat(issuing.getBasicConstraints()).isZero();
        assertThat(bits(root)).isEqualTo(384);
        assertThat(bits(issuing)).isEqualTo(384);
        assertThat(usage(root)).containsExactlyInAnyOrder(5, 6);
        assertThat(usage(issuing)).containsExactlyInAnyOrder(5, 6);
        assertThat(root.getNotAfter()).isEqualTo(Date.from(Instant.parse("2036-11-23T12:00:00Z")));
        assertThat(issuing.getNotAfter())
                .isEqualTo(Date.from(Instant.parse("2031-11-23T12:00:00Z")));
    }

    @Test
    void aServersCertificateNamesItsHostsAndAddresses() throws Exception {
        X509Certificate leaf = server().leaf();

        assertThat(leaf.getSubjectAlternativeNames())
                .containsExactly(List.of(2, "appliance.test"), List.of(7, "10.1.2.3"));
        assertThat(leaf.getExtendedKeyUsage()).containsExactly(SERVER_AUTH);
        assertThat(bits(leaf)).isEqualTo(256);
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getNotBefore()).isEqualTo(Date.from(NOW.minusSeconds(60)));
        assertThat(leaf.getNotAfter()).isEqualTo(Date.from(NOW.plus(Duration.ofDays(397))));
    }

    @Test
    void aDevicesCertificateNamesTheDeviceAsWeDoAndNotAsItAsked() throws Exception {
        X509Certificate leaf = client(Duration.ofDays(7)).getFirst();

        assertThat(leaf.getSubjectX500Principal().getName())
                .isEqualTo("CN=Alice\\, CN\\=root,O=St. Anna\\, Hospital");
        assertThat(leaf.getSubjectAlternativeNames())
                .containsExactly(List.of(6, "nr://" + Pki.INSTALLATION + "/device/" + Pki.DEVICE));
        assertThat(leaf.getExtendedKeyUsage()).containsExactly(CLIENT_AUTH);
        assertThat(leaf.getNotAfter()).isEqualTo(Date.from(NOW.plus(Duration.ofDays(7))));
    }

    @Test
    void noCertificateOutlivesTheIssuer() {
        X509Certificate leaf = client(Duration.ofDays(10_000)).getFirst();

        assertThat(leaf.getNotAfter()).isEqualTo(authority.issuing().getNotAfter());
    }

    @Test
    void serialNumbersAreLongPositiveAndNeverTheSame() {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            var serial = client(Duration.ofDays(1)).getFirst().getSerialNumber();

            assertThat(serial.signum()).isPositive();
            assertThat(serial.bitLength()).isBetween(120, 159);
            assertThat(seen.add(serial)).isTrue();
        }
    }

    @Test
    void refusesToIssueUnderAnExpiredIssuer() {
        var late =
                new SiteCertificateAuthority(
                        authority.root(),
                        authority.issuingIdentity(),
                        Clock.fixed(NOW.plus(Duration.ofDays(6 * 366)), ZoneOffset.UTC));

        assertThatThrownBy(() -> late.issueServer(List.of(new ServerName("a.test"))))
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("has expired");
    }

    @Test
    void refusesAnIssuerOfAnotherRoot() {
        Pki other = Pki.now();

        assertThatThrownBy(() ->
                        new SiteCertificateAuthority(
                                other.root(), authority.issuingIdentity(), Clock.systemUTC()))
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("not signed by this root");
    }

    @Test
    void refusesNamesThatAreNone() {
        for (String name :
                List.of("", "-a.test", "a..test", "*.test", "a_b", "1.2.3", "a".repeat(64))) {
            assertThatThrownBy(() -> new ServerName(name))
                    .as(name)
                    .isInstanceOf(CertificateProblem.class);
        }
        assertThatThrownBy(() -> new ClientName("a\nb", Pki.INSTALLATION, Pki.DEVICE))
                .isInstanceOf(CertificateProblem.class);
        assertThatThrownBy(() -> SiteCertificateAuthority.create(" ", Clock.systemUTC()))
                .isInstanceOf(CertificateProblem.class);
        assertThat(new ServerName(" Appliance.Example.ORG ").text())
                .isEqualTo("appliance.example.org");
    }

    private TlsIdentity server() {
        return authority.issueServer(
                List.of(new ServerName("appliance.test"), new ServerName("10.1.2.3")));
    }

    private List<X509Certificate> client(Duration validity) {
        return authority.issueClient(
                CertificateRequest.of(DeviceKey.generate()),
                new ClientName("Alice, CN=root", Pki.INSTALLATION, Pki.DEVICE),
                validity);
    }

    private void validate(List<X509Certificate> chain, Instant at) throws Exception {
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
        PKIXParameters parameters =
                new PKIXParameters(Set.of(new TrustAnchor(authority.root(), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }

    private static int bits(X509Certificate certificate) {
        return ((ECPublicKey) certificate.getPublicKey())
                .getParams()
                .getCurve()
                .getField()
                .getFieldSize();
    }

    /** The numbers of the bits that are set (RFC 5280, section 4.2.1.3). */
    private static Set<Integer> usage(X509Certificate certificate) {
        Set<Integer> set = new HashSet<>();
        boolean[] bits = certificate.getKeyUsage();
        for (int i = 0; i < bits.length; i++) {
            if (bits[i]) {
                set.add(i);
            }
        }
        return set;
    }
}
