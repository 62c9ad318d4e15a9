package com.neuralrouter.server.provider.openai;

import static com.neuralrouter.server.provider.openai.Calls.call;
import static com.neuralrouter.server.provider.openai.Calls.endpoint;
import static com.neuralrouter.server.provider.openai.Calls.read;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderFailure.Cancelled;
import com.neuralrouter.server.provider.ProviderFailure.TimedOut;
import com.neuralrouter.server.provider.ProviderFailure.Unreachable;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** No connection, no answer, or none in time. */
class ProviderThatDoesNotAnswerTest extends FaultyProvider {
    @Test
    void aRefusedConnectionIsUnreachable() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        OpenResult result =
                adapter.open(call(endpoint(URI.create("http://127.0.0.1:" + port + "/v1"))));

        assertThat(result).isEqualTo(new Unreachable("the connection was refused"));
    }

    @Test
    void anUnknownHostIsUnreachable() {
        OpenResult result =
                adapter.open(call(endpoint(URI.create("http://no-such-host.invalid/v1"))));

        assertThat(result).isEqualTo(new Unreachable("there is no host of that name"));
    }

    @Test
    void aResetIsUnreachable() {
        upstream.always(x -> x.reset());

        assertThat(open()).isInstanceOf(Unreachable.class);
        assertThat(upstream.requests()).as("a fresh connection is not retried").hasSize(1);
    }

    @Test
    void anEndWithoutAnAnswerIsUnreachable() {
        upstream.always(x -> x.close());

        assertThat(open())
                .isEqualTo(new Unreachable("the provider closed the connection without an answer"));
    }

    @Test
    void silenceTimesOut() {
        use(300, 10_000, 10_000);
        upstream.always(FakeUpstream.hang());

        assertThat(open()).isEqualTo(new TimedOut("the provider began no answer in time"));
    }

    @Test
    void aHeadThatDripsTimesOut() {
        use(300, 10_000, 10_000);
        upstream.always(x -> x.drip(JSON + "x: y\r\n".repeat(100), 20));

        assertThat(open()).isInstanceOf(TimedOut.class);
    }

    @Test
    void aProviderThatDoesNotReadTimesOut() throws Exception {
        use(300, 10_000, 10_000);
        try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/v1");
            byte[] large = new byte[16 << 20];

            OpenResult result =
                    adapter.open(call(endpoint(url), large, false, Duration.ofSeconds(30)));

            assertThat(result).isInstanceOf(TimedOut.class);
        }
    }

    @Test
    void theCallsOwnDeadlineHolds() {
        upstream.always(FakeUpstream.hang());

        OpenResult result =
                adapter.open(
                        call(
                                endpoint(upstream.baseUrl()),
                                new byte[] {'{', '}'},
                                false,
                                Duration.ofMillis(300)));

        assertThat(result).isInstanceOf(TimedOut.class);
    }

    @Test
    void anInterruptedThreadGivesUpAtOnce() throws Exception {
        var asked = new CountDownLatch(1);
        upstream.always(x -> {
            asked.countDown();
            x.awaitLeave();
        });
        var result = new AtomicReference<OpenResult>();
        Thread thread = Thread.ofVirtual().start(() -> result.set(open()));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        thread.interrupt();

        assertThat(thread.join(Duration.ofSeconds(1))).isTrue();
        assertThat(result.get()).isInstanceOf(Cancelled.class);
    }

    @Test
    void closingTheAdapterEndsCallsInProgress() throws Exception {
        var asked = new CountDownLatch(1);
        upstream.always(x -> {
            asked.countDown();
            x.awaitLeave();
        });
        var result = new AtomicReference<OpenResult>();
        Thread thread = Thread.ofVirtual().start(() -> result.set(open()));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        adapter.close();

        assertThat(thread.join(Duration.ofSeconds(1))).isTrue();
        assertThat(result.get()).isInstanceOf(Cancelled.class);
    }

    @Test
    void skipsInterimAnswers() throws IOException {
        upstream.next(x ->
                x.write(
                        "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 100\r\n\r\n"
                                + JSON
                                + "content-length: 2\r\n\r\n{}"));

        assertThat(read(open())).isEqualTo("{}");
    }

    @Test
    void givesAnAnswerThatComesBeforeTheBodyWasTaken() throws IOException {
        try (var early = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(() -> {
                        try (var socket = early.accept()) {
                            socket.getInputStream().readNBytes(100);
                            socket.getOutputStream()
                                    .write(
                                            "HTTP/1.1 413 X\r\ncontent-length: 2\r\n\r\n{}"
                                                    .getBytes(US_ASCII));
                            socket.shutdownOutput();
                            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                        } catch (IOException e) {
                            // The client is gone: the test says why.
                        }
                    });
            URI url = URI.create("http://127.0.0.1:" + early.getLocalPort() + "/v1");

            OpenResult result =
                    adapter.open(
                            call(endpoint(url), new byte[4 << 20], false, Duration.ofSeconds(30)));

            assertThat(((ProviderAnswer) result).status()).isEqualTo(413);
            assertThat(read(result)).isEqualTo("{}");
        }
    }
}
