package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.ca.ServerName;
import com.neuralrouter.certs.ca.SiteCertificateAuthority;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.certificate.SiteCertificates;
import com.neuralrouter.server.listener.RawClient;
import com.neuralrouter.server.secret.TestVault;
import com.neuralrouter.server.secret.Vault;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import javax.net.ssl.SSLContext;

/**
 * Who has no valid certificate of the site does not get past the handshake with the admin listener:
 * not one byte of HTTP comes back. In TLS 1.3 a client learns that with its first read (RFC 8446,
 * section 4.4.2.4), so each of them also sends a request.
 */
class AdminListenerIT {
    private static final String REQUEST =
            "GET " + AdminApi.STATUS + " HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

    @TempDir private static Path folder;
    private static RunningSite site;

    @BeforeAll
    static void start() throws IOException {
        site = RunningSite.start(folder.resolve("site"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void theOperatorGetsIn() throws IOException {
        String answer = exchange(contextShowing(operator()), "TLSv1.3");

        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void nobodyWithoutACertificate() throws IOException {
        assertShutOut(site.trust().context(), "TLSv1.3");
    }

    @Test
    void nobodyWithACertificateOfAnotherSite() throws IOException {
        SiteFolder other = RunningSite.found(folder.resolve("other"));

        assertShutOut(contextShowing(Administrator.operatorIdentity(other)), "TLSv1.3");
    }

    @Test
    void nobodyWithAnExpiredCertificate() throws IOException {
        assertShutOut(contextShowing(issuedTwoHoursAgo(Duration.ofHours(1))), "TLSv1.3");
    }

    /** The same certificate, but valid: it shows that it was its age that was refused. */
    @Test
    void aCertificateOfTheSiteThatIsNotEnrolledIsToldSo() throws IOException {
        String answer = exchange(contextShowing(issuedTwoHoursAgo(Duration.ofHours(3))), "TLSv1.3");

        assertThat(answer).startsWith("HTTP/1.1 403").contains("certificate_refused");
    }

    @Test
    void nobodyWithAServersCertificate() throws IOException {
        TlsIdentity server =
                authority(Clock.systemUTC()).issueServer(List.of(new ServerName("localhost")));

        assertShutOut(contextShowing(server), "TLSv1.3");
    }

    @Test
    void notTheOperatorEitherWithTls12() throws IOException {
        assertShutOut(contextShowing(operator()), "TLSv1.2");
    }

    @Test
    void nobodyWithoutTls() throws IOException {
        try (RawClient client = RawClient.plain(site.adminPort())) {
            client.send(REQUEST);

            assertThat(received(client)).doesNotContain("HTTP/1.1 200", "\"installation\"");
        }
    }

    private static void assertShutOut(SSLContext context, String protocol) throws IOException {
        assertThat(exchange(context, protocol)).as("what came back").isEmpty();
    }

    /** What came back, or nothing if the connection was ended. */
    private static String exchange(SSLContext context, String protocol) throws IOException {
        try (RawClient client = RawClient.tls(context, site.adminPort(), protocol)) {
            client.send(REQUEST);
            return received(client);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection was left open", e);
        } catch (IOException refused) {
            return "";
        }
    }

    private static String received(RawClient client) throws IOException {
        try {
            return client.receiveAll();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            return "";
        }
    }

    private static SSLContext contextShowing(TlsIdentity identity) throws IOException {
        return site.trust().contextShowing(identity);
    }

    private static TlsIdentity operator() throws IOException {
        return Administrator.operatorIdentity(site.folder());
    }

    private static TlsIdentity issuedTwoHoursAgo(Duration validity) {
        Clock then = Clock.offset(Clock.systemUTC(), Duration.ofHours(-2));
        DeviceKey key = DeviceKey.generate();
        return key.with(
                authority(then)
                        .issueClient(
                                CertificateRequest.of(key),
                                new ClientName("late", new UUID(1, 1), new UUID(1, 2)),
                                validity));
    }

    private static SiteCertificateAuthority authority(Clock clock) {
        try (Vault vault = TestVault.in(site.folder().root())) {
            return new SiteCertificates(site.folder().certs(), SiteCertificates.lock(vault), clock)
                    .authority();
        }
    }
}
