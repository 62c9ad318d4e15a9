package com.neuralrouter.server.provider.openai;

import static com.neuralrouter.server.provider.openai.Calls.PATIENT;
import static com.neuralrouter.server.provider.openai.Calls.call;
import static com.neuralrouter.server.provider.openai.Calls.endpoint;
import static com.neuralrouter.server.provider.openai.Calls.read;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderFailure.TimedOut;
import com.neuralrouter.server.provider.ProviderFailure.Unreachable;
import com.neuralrouter.server.provider.TestAuthority;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;

import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

@Timeout(60)
class OpenAiAdapterTlsTest {
    private static final GeneralName LOCALHOST = new GeneralName(GeneralName.dNSName, "localhost");
    private static TestAuthority authority;
    private static TestAuthority stranger;

    private final OpenAiAdapter adapter = new OpenAiAdapter(PATIENT, Calls.CLOCK);

    @BeforeAll
    static void makeAuthorities() throws Exception {
        authority = new TestAuthority("The site's CA");
        stranger = new TestAuthority("Somebody's CA");
    }

    @AfterEach
    void stop() {
        adapter.close();
    }

    private OpenResult open(URI url, String trusted) {
        return adapter.open(call(endpoint(url, Authentication.BEARER, trusted)));
    }

    @Test
    void talksToAProviderWhoseCertificateComesFromTheTrustedCa() throws Exception {
        try (var upstream = FakeUpstream.startTls(authority.server(LOCALHOST))) {
            URI url = upstream.baseUrl("localhost");
            // Two CAs in one file: either will do.
            String trusted = stranger.pem() + authority.pem();
            String large = "0123456789".repeat(20_000);
            upstream.next(FakeUpstream.json(large));

            assertThat(read(open(url, trusted))).isEqualTo(large);
            assertThat(read(open(url, trusted))).isEqualTo("{}");

            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void checksAnAddressAgainstTheCertificateToo() throws Exception {
        var address = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
        try (var upstream = FakeUpstream.startTls(authority.server(address))) {
            assertThat(read(open(upstream.baseUrl(), authority.pem()))).isEqualTo("{}");
        }
    }

    @Test
    void refusesACertificateFromAForeignCa() throws Exception {
        try (var upstream = FakeUpstream.startTls(stranger.server(LOCALHOST))) {
            String reason =
                    "TLS: the provider's certificate comes from a CA that is not trusted here";

            assertThat(open(upstream.baseUrl("localhost"), authority.pem()))
                    .isEqualTo(new Unreachable(reason));
            assertThat(open(upstream.baseUrl("localhost"), null))
                    .as("with the runtime's CAs")
                    .isInstanceOf(Unreachable.class);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void refusesACertificateForAnotherHost() throws Exception {
        var other = new GeneralName(GeneralName.dNSName, "other.test");
        try (var upstream = FakeUpstream.startTls(authority.server(other))) {
            String reason = "TLS: the provider's certificate is for another host";

            assertThat(open(upstream.baseUrl("localhost"), authority.pem()))
                    .isEqualTo(new Unreachable(reason));
            assertThat(open(upstream.baseUrl("127.0.0.1"), authority.pem()))
                    .isEqualTo(new Unreachable(reason));
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void talksOnlyToAPinnedKey() throws Exception {
        try (var upstream = FakeUpstream.startTls(authority.server(LOCALHOST))) {
            URI url = upstream.baseUrl("localhost");
            String pin = pinOf(url);
            String other = Base64.getEncoder().encodeToString(new byte[32]);

            assertThat(adapter.open(call(pinned(url, Set.of(other)))))
                    .isEqualTo(
                            new Unreachable(
                                    "TLS: the provider's certificate has a key that is not"
                                            + " pinned"));
            assertThat(upstream.requests()).as("what a stranger got to see").isEmpty();
            assertThat(read(adapter.open(call(pinned(url, Set.of(other, pin)))))).isEqualTo("{}");
        }
    }

    private static Endpoint pinned(URI url, Set<String> pins) throws Exception {
        Endpoint any = endpoint(url, Authentication.BEARER, authority.pem());
        return new Endpoint(
                any.id(),
                any.name(),
                any.kind(),
                any.baseUrl(),
                any.authentication(),
                any.trustedCertificates(),
                any.destination(),
                pins,
                any.options());
    }

    /** As openssl would compute it, from the certificate that the server shows. */
    private static String pinOf(URI url) throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        var trust = KeyStore.getInstance(KeyStore.getDefaultType());
        trust.load(null, null);
        trust.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(authority.pem().getBytes(US_ASCII))));
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trust);
        trusting.init(null, factory.getTrustManagers(), null);
        try (var socket =
                (SSLSocket)
                        trusting.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            byte[] key = socket.getSession().getPeerCertificates()[0].getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        }
    }

    @Test
    void refusesAnExpiredCertificate() throws Exception {
        SSLContext expired = authority.server(LOCALHOST, Duration.ofHours(-1));
        try (var upstream = FakeUpstream.startTls(expired)) {
            assertThat(open(upstream.baseUrl("localhost"), authority.pem()))
                    .isEqualTo(new Unreachable("TLS: the provider's certificate has expired"));
        }
    }

    @Test
    void offersTls13AndTls12AndNothingElseAndNamesTheHost() throws Exception {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var hello = new CompletableFuture<byte[]>();
            Thread.ofVirtual()
                    .start(() -> {
                        try (var socket = listening.accept()) {
                            var in = new DataInputStream(socket.getInputStream());
                            in.readNBytes(3);
                            hello.complete(in.readNBytes(in.readUnsignedShort()));
                        } catch (IOException e) {
                            hello.completeExceptionally(e);
                        }
                    });

            open(URI.create("https://localhost:" + listening.getLocalPort()), authority.pem());

            String offered = HexFormat.of().formatHex(hello.get(10, TimeUnit.SECONDS));
            // Extension 43 "supported_versions", RFC 8446, section 4.2.1.
            assertThat(offered).contains("002b" + "0005" + "04" + "0304" + "0303");
            assertThat(offered).contains(HexFormat.of().formatHex("localhost".getBytes(US_ASCII)));
        }
    }

    @Test
    void saysSoWhenThereIsNoTlsOrNoUsableCa() throws Exception {
        try (var plain = FakeUpstream.start()) {
            URI url = URI.create("https://localhost:" + plain.port() + "/v1");
            plain.always(x -> x.close());

            assertThat(open(url, "no PEM"))
                    .isEqualTo(new Unreachable("the provider's trusted certificates are unusable"));
        }
        try (var notTls = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(() -> {
                        try (var socket = notTls.accept()) {
                            socket.getOutputStream()
                                    .write(
                                            "HTTP/1.1 400 X\r\n\r\n"
                                                    .getBytes(
                                                            java.nio.charset.StandardCharsets
                                                                    .US_ASCII));
                        } catch (IOException e) {
                            // The test tells.
                        }
                    });
            URI url = URI.create("https://localhost:" + notTls.getLocalPort() + "/v1");

            assertThat(open(url, authority.pem()))
                    .isEqualTo(new Unreachable("TLS: the handshake failed"));
        }
    }

    @Test
    void aHandshakeThatHangsTimesOut() throws Exception {
        var hasty =
                new UpstreamTimeouts(
                        Duration.ofMillis(300),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10));
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var impatient = new OpenAiAdapter(hasty, Calls.CLOCK)) {
            URI url = URI.create("https://localhost:" + silent.getLocalPort() + "/v1");

            assertThat(impatient.open(call(endpoint(url, Authentication.BEARER, authority.pem()))))
                    .isEqualTo(new TimedOut("the connection was not made in time"));
        }
    }

    @Test
    void closingFromAnotherThreadFreesAReader() throws Exception {
        try (var upstream = FakeUpstream.startTls(authority.server(LOCALHOST))) {
            upstream.next(x -> {
                x.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\na");
                x.awaitLeave();
            });
            var answer = (ProviderAnswer) open(upstream.baseUrl("localhost"), authority.pem());
            var reading = new CountDownLatch(1);
            var failure = new CompletableFuture<Exception>();
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            answer.read(new byte[1], 0, 1);
                            reading.countDown();
                            answer.read(new byte[1], 0, 1);
                        } catch (IOException e) {
                            failure.complete(e);
                        }
                    });
            assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();

            answer.close();

            assertThat(failure.get(1, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        }
    }
}
