package com.neuralrouter.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.id.Ids;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListenersIT {
    private static final String PING = "GET /ping HTTP/1.1\r\nhost: localhost\r\n";
    private static final String PING_AND_CLOSE = PING + "connection: close\r\n\r\n";

    private RunningListeners running;
    private TestPki site;

    @BeforeAll
    void start() {
        running = new RunningListeners(RunningListeners.pong());
        site = running.site;
    }

    @AfterAll
    void stop() {
        running.close();
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    void sendsItsHeadersOnEveryAnswer(Plane plane) throws IOException {
        assertThat(exchange(plane, PING_AND_CLOSE)).startsWith("HTTP/1.1 200");
        for (String request :
                List.of(
                        PING_AND_CLOSE,
                        "GET /nothing HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
                        "no http at all\r\n\r\n",
                        "GET /ping HTTP/1.1\r\nconnection: close\r\n\r\n",
                        "POST /ping HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5000\r\n\r\n",
                        PING + "x: " + "y".repeat(5_000) + "\r\n\r\n",
                        "GET /" + "p".repeat(9_000) + " HTTP/1.1\r\n\r\n",
                        "POST /ping HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\n"
                                + "transfer-encoding: chunked\r\n\r\n0\r\n\r\n")) {

            assertThat(exchange(plane, request).toLowerCase())
                    .as(request)
                    .contains("strict-transport-security: max-age=63072000; includesubdomains")
                    .contains("x-content-type-options: nosniff")
                    .contains("cache-control: no-store")
                    .containsPattern("x-request-id: [0-9a-f]{8}-[0-9a-f]{4}-7");
        }
    }

    @Test
    void answersWhatIsNoHttpInTheFormatOfTheApi() throws IOException {
        String answer = exchange(Plane.INFERENCE, "no http at all\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json")
                .contains("\"code\":\"malformed_request\"")
                .doesNotContain("no http");
    }

    @Test
    void namesTheSameRequestIdInHeaderAndBody() throws IOException {
        String answer =
                exchange(
                        Plane.INFERENCE,
                        "GET /nothing HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");

        String id = answer.replaceAll("(?s).*\"requestId\":\"([^\"]+)\".*", "$1");
        assertThat(answer.toLowerCase()).contains("x-request-id: " + id);
    }

    @Test
    void refusesABodyAboveTheLimitBeforeItIsSent() throws IOException {
        String answer =
                exchange(
                        Plane.INFERENCE,
                        "POST /ping HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1001\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("\"code\":\"too_large\"");
    }

    @Test
    void letsAnAdministratorInWithACertificateOfTheSite() throws IOException {
        assertThat(exchange(Plane.ADMIN, PING_AND_CLOSE)).endsWith("pong");
    }

    @Test
    void refusesAnAdministratorWithoutACertificate() {
        assertRefused(site.context());
    }

    @Test
    void refusesACertificateOfAnotherCa() {
        assertRefused(site.contextWith(new TestPki("stranger").client()));
    }

    @Test
    void refusesACertificateOfAnotherCaOfTheSameName() {
        assertRefused(site.contextWith(new TestPki("site").client()));
    }

    @Test
    void refusesAnExpiredCertificate() {
        assertRefused(site.contextWith(site.expiredClient()));
    }

    @Test
    void refusesAServersCertificateFromAClient() {
        assertRefused(site.contextWith(site.server()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Plane.class,
            names = {"ADMIN", "ENROLMENT"})
    void refusesTls12WhereOnlyOurOwnProgramsConnect(Plane plane) {
        SSLContext context = site.contextWith(site.client());

        assertThatThrownBy(() -> RawClient.tls(context, running.port(plane), "TLSv1.2"))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void takesTls12FromAppsWithForwardSecrecyOnly() throws IOException {
        try (var client = RawClient.tls(site.context(), running.port(Plane.INFERENCE), "TLSv1.2")) {
            var session = ((SSLSocket) client.socket()).getSession();

            assertThat(session.getCipherSuite())
                    .isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        }
    }

    @Test
    void prefersAes256() throws IOException {
        try (var client = RawClient.tls(site.context(), running.port(Plane.INFERENCE))) {
            var session = ((SSLSocket) client.socket()).getSession();

            assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
            assertThat(session.getCipherSuite()).isEqualTo("TLS_AES_256_GCM_SHA384");
        }
    }

    @Test
    void saysWhichPortIsInUse() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var spec =
                    new ListenerSpec(
                            Plane.INFERENCE,
                            "127.0.0.1",
                            taken.getLocalPort(),
                            site.material(),
                            RunningListeners.LIMITS,
                            _ -> new ProblemJson(),
                            RunningListeners.pong());

            assertThatThrownBy(() -> start(spec))
                    .isInstanceOf(ListenerUnavailable.class)
                    .hasMessage(
                            "port %d on 127.0.0.1 (inference listener) is in use"
                                    .formatted(taken.getLocalPort()));
        }
    }

    @Test
    void servesNewConnectionsWithTheReloadedCertificateAndTrust() throws IOException {
        TestPki before = new TestPki("before");
        TestPki after = new TestPki("after");
        try (var listeners =
                start(
                        RunningListeners.spec(
                                Plane.ADMIN,
                                before.materialFor(before),
                                RunningListeners.pong()))) {
            SSLContext old = before.contextWith(before.client());
            int port = listeners.port(Plane.ADMIN);
            assertThat(ping(old, port)).endsWith("pong");

            listeners.reloadTls(Plane.ADMIN, after.materialFor(after));

            assertThat(ping(after.contextWith(after.client()), port)).endsWith("pong");
            assertThatThrownBy(() -> ping(old, port)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void doesNotAskDnsWhoIsCalling() throws IOException {
        var address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});

        assertThat(address.getHostName()).isEqualTo("127.0.0.1");
    }

    private void assertRefused(SSLContext context) {
        assertThatThrownBy(() -> ping(context, running.port(Plane.ADMIN)))
                .isInstanceOf(IOException.class);
    }

    private static Listeners start(ListenerSpec spec) {
        return Listeners.start(
                List.of(spec),
                RunningListeners.SHORT,
                Duration.ofSeconds(1),
                new Ids(Clock.systemUTC()));
    }

    private static String ping(SSLContext context, int port) throws IOException {
        try (var client = RawClient.tls(context, port)) {
            return client.send(PING_AND_CLOSE).receiveAll();
        }
    }

    private String exchange(Plane plane, String request) throws IOException {
        SSLContext context =
                plane == Plane.ADMIN ? site.contextWith(site.client()) : site.context();
        try (var client = RawClient.tls(context, running.port(plane))) {
            return client.send(request).receiveAll();
        }
    }
}
