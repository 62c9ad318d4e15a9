package com.neuralrouter.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a client can hold on to by being slow: nothing. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionDeadlinesIT {
    private static final Duration SOON = Duration.ofSeconds(8);

    private final CountDownLatch writerCut = new CountDownLatch(1);
    private RunningListeners running;

    @BeforeAll
    void start() {
        running =
                new RunningListeners(
                        HttpRouting.builder()
                                .get("/ping", (req, res) -> res.send("pong"))
                                .post(
                                        "/length",
                                        (req, res) ->
                                                res.send(
                                                        "" + req.content().as(byte[].class).length))
                                .get("/flood", (req, res) -> flood(res))
                                .get("/quiet", (req, res) -> quietStream(res)));
    }

    @AfterAll
    void stop() {
        running.close();
    }

    @Test
    void cutsAConnectionThatNeverBeginsItsHandshake() throws IOException {
        try (var client = RawClient.plain(running.port(Plane.INFERENCE))) {
            assertCutSoon(client);
        }
    }

    @Test
    void cutsAHalfHandshake() throws IOException {
        try (var client = RawClient.plain(running.port(Plane.ADMIN))) {
            client.send(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01});

            assertCutSoon(client);
        }
    }

    @Test
    void cutsAConnectionThatNeverSendsARequest() throws IOException {
        try (var client = connect()) {
            assertCutSoon(client);
        }
    }

    @Test
    void cutsAHalfHead() throws IOException {
        try (var client = connect()) {
            client.send("GET /ping HTTP/1.1\r\nho");

            assertCutSoon(client);
        }
    }

    @Test
    void cutsAHeadThatDripsInByteByByte() throws IOException {
        try (var client = connect()) {
            long start = System.nanoTime();
            int sent = 0;
            try {
                while (elapsed(start).compareTo(SOON) < 0) {
                    client.send(sent == 0 ? "GET /ping HTTP/1.1\r\nx: " : "y");
                    sent++;
                    client.socket().setSoTimeout(100);
                    if (client.isCut()) {
                        break;
                    }
                }
            } catch (IOException reset) {
                // The write met the closed connection: just what is expected.
            }

            assertThat(elapsed(start)).isLessThan(SOON);
        }
    }

    @Test
    void cutsAHalfBody() throws IOException {
        try (var client = connect()) {
            client.send("POST /length HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf");

            assertCutSoon(client);
        }
    }

    @Test
    void cutsAnIdleConnectionAfterItsRequests() throws IOException {
        try (var client = connect()) {
            client.send("GET /ping HTTP/1.1\r\nhost: a\r\n\r\n").receiveUntil("pong");

            assertCutSoon(client);
        }
    }

    @Test
    void cutsAClientThatDoesNotTakeItsAnswer() throws Exception {
        try (var client = connect()) {
            client.send("GET /flood HTTP/1.1\r\nhost: a\r\n\r\n");

            assertThat(writerCut.await(15, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void keepsAStreamOnWhichTheUpstreamIsQuietForLongerThanAnyDeadline() throws IOException {
        try (var client = connect()) {
            client.send("GET /quiet HTTP/1.1\r\nhost: a\r\n\r\n");

            assertThat(client.receiveUntil("last")).contains("first");
        }
    }

    @Test
    void servesRequestAfterRequestOnAConnectionForLongerThanAnyDeadline() throws IOException {
        try (var client = connect()) {
            long start = System.nanoTime();
            while (elapsed(start).toMillis() < 4_000) {
                client.send(
                        "POST /length HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\nfour"
                                + "GET /ping HTTP/1.1\r\nhost: a\r\n\r\n");

                client.receiveUntil("pong");
            }
        }
    }

    private RawClient connect() throws IOException {
        return RawClient.tls(running.site.context(), running.port(Plane.INFERENCE));
    }

    private static void assertCutSoon(RawClient client) {
        long start = System.nanoTime();
        assertThat(client.isCut()).isTrue();
        assertThat(elapsed(start)).isBetween(Duration.ofMillis(300), SOON);
    }

    private static Duration elapsed(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private void flood(ServerResponse res) throws IOException {
        try (var out = res.outputStream()) {
            for (int i = 0; i < 10_000; i++) {
                out.write(new byte[64 << 10]);
                out.flush();
            }
        } finally {
            writerCut.countDown();
        }
    }

    private static void quietStream(ServerResponse res) throws Exception {
        var never = new CountDownLatch(1);
        try (var out = res.outputStream()) {
            out.write("first".getBytes(StandardCharsets.UTF_8));
            out.flush();
            boolean interrupted = never.await(4, TimeUnit.SECONDS);
            out.write((interrupted ? "?" : "last").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
