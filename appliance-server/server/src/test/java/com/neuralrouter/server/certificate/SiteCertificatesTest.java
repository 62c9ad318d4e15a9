package com.neuralrouter.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.ca.KeyLock;
import com.neuralrouter.certs.ca.ServerName;
import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Fingerprints;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.server.metric.PrometheusText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

class SiteCertificatesTest {
    private final KeyLock lock = KeyLock.ofKey(new byte[32]);
    private final Clock clock = Clock.systemUTC();

    @TempDir Path temp;

    @Test
    void loadsWhatItCreated() throws Exception {
        SiteCertificates certificates = created(clock);

        ListenerIdentities listeners = certificates.load();

        assertThat(listeners.inference().chain()).hasSize(2);
        assertThat(listeners.admin().chain()).hasSize(2);
        assertThat(listeners.enrolment().chain()).hasSize(3).endsWith(listeners.clientRoot());
        assertThat(listeners.clientRoot())
                .isEqualTo(Pem.certificate(Files.readString(certs().resolve("root.pem"))));
        assertThat(names(listeners.admin().leaf()))
                .containsExactly(
                        "appliance.test", "10.1.2.3", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void tellsWhoWatchesWhenEachOfThemEnds() {
        ListenerIdentities listeners = created(clock).load();

        PrometheusText told = PrometheusText.of(new CertificateMetrics(listeners));

        assertThat(end(told, "inference")).isEqualTo(end(listeners.inference().leaf()));
        assertThat(end(told, "issuing_ca"))
                .isEqualTo(end(listeners.admin().chain().get(1)))
                .isGreaterThan(end(told, "admin"));
        assertThat(end(told, "root_ca")).isEqualTo(end(listeners.clientRoot()));
    }

    private static double end(PrometheusText told, String certificate) {
        return told.value(
                "neural_router_certificate_expiry_timestamp_seconds", "certificate", certificate);
    }

    private static double end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant().getEpochSecond();
    }

    @Test
    void eachListenerHasItsOwnKey() {
        ListenerIdentities listeners = created(clock).load();

        assertThat(
                        Stream.of(listeners.inference(), listeners.admin(), listeners.enrolment())
                                .map(identity -> Fingerprints.of(identity.leaf()))
                                .distinct())
                .hasSize(3);
    }

    @Test
    void keepsCertificatesThatAreGoodForLong() {
        SiteCertificates certificates = created(clock);

        assertThat(certificates.load()).isEqualTo(certificates.load());
    }

    @Test
    void renewsCertificatesThatSoonExpireUnderTheSameNames() throws Exception {
        created(Clock.offset(clock, Duration.ofDays(-370)));
        SiteCertificates certificates = new SiteCertificates(certs(), lock, clock);

        ListenerIdentities renewed = certificates.load();

        assertThat(renewed.inference().leaf().getNotAfter().toInstant())
                .isAfter(clock.instant().plus(Duration.ofDays(390)));
        assertThat(names(renewed.inference().leaf())).contains("appliance.test", "10.1.2.3");
        assertThat(certificates.load()).isEqualTo(renewed);
    }

    @Test
    void reissuesForOtherNames() throws Exception {
        SiteCertificates certificates = created(clock);

        certificates.reissue(List.of(new ServerName("moved.test")));

        assertThat(names(certificates.load().inference().leaf()))
                .startsWith("moved.test", "localhost")
                .doesNotContain("appliance.test");
    }

    @Test
    void givesTheOperatorAKeyStoreThatItsPasswordFileOpens() throws IOException {
        Path keyStore = temp.resolve("admin/operator.p12");
        Path password = temp.resolve("admin/operator.password");

        X509Certificate certificate = createOperator(keyStore, password);

        TlsIdentity operator =
                TlsIdentity.ofPkcs12(
                        Files.readAllBytes(keyStore), Files.readString(password).toCharArray());
        assertThat(operator.leaf()).isEqualTo(certificate);
        assertThat(operator.chain()).hasSize(2);
    }

    @Test
    void everythingOpensToItsOwnerOnly() throws IOException {
        createOperator(temp.resolve("admin/operator.p12"), temp.resolve("admin/operator.password"));
        try (Stream<Path> paths = Files.walk(temp)) {
            assertThat(paths.filter(path -> !path.equals(temp)))
                    .hasSize(2 + 6 + 2)
                    .allSatisfy(path ->
                            assertThat(
                                            PosixFilePermissions.toString(
                                                    Files.getPosixFilePermissions(path)))
                                    .isEqualTo(
                                            Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void leavesAnExistingSiteAlone() {
        SiteCertificates certificates = created(clock);
        ListenerIdentities before = certificates.load();

        assertThatThrownBy(() -> certificates.create("Other", List.of()))
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("already");

        assertThat(certificates.load()).isEqualTo(before);
    }

    @Test
    void saysThatTheRootKeyIsAnotherOne() {
        created(clock);
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;

        assertThatThrownBy(
                        () -> new SiteCertificates(certs(), KeyLock.ofKey(otherKey), clock).load())
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("issuing.pem");
    }

    private Path certs() {
        return temp.resolve("certs");
    }

    private SiteCertificates created(Clock at) {
        SiteCertificates certificates = new SiteCertificates(certs(), lock, at);
        certificates.create(
                "Test Site", List.of(new ServerName("appliance.test"), new ServerName("10.1.2.3")));
        return certificates;
    }

    private X509Certificate createOperator(Path keyStore, Path password) {
        return created(clock)
                .createOperator(
                        new ClientName("Operator", new UUID(1, 2), new UUID(3, 4)),
                        keyStore,
                        password);
    }

    private static List<String> names(X509Certificate leaf) throws Exception {
        return leaf.getSubjectAlternativeNames().stream()
                .map(entry -> String.valueOf(entry.get(1)))
                .toList();
    }
}
