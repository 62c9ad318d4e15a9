package com.neuralrouter.server.provider.openai;

import static com.neuralrouter.server.provider.openai.Calls.call;
import static com.neuralrouter.server.provider.openai.Calls.endpoint;
import static com.neuralrouter.server.provider.openai.Calls.read;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.neuralrouter.server.provider.Connection;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.FakeUpstream.Behaviour;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderFailure.Unreachable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** When a connection is used again, and when it must not be. */
class KeptConnectionsTest extends FaultyProvider {
    @Test
    void areUsedAgain() throws IOException {
        for (int i = 0; i < 20; i++) {
            read(open(), 3);
        }

        assertThat(upstream.requests()).hasSize(20);
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void areToldFromNewOnes() throws IOException {
        var told = new ArrayList<Connection>();
        for (int i = 0; i < 3; i++) {
            read(adapter.open(call(endpoint(upstream.baseUrl()), told::add)));
        }

        assertThat(told).hasSize(3);
        assertThat(told.getFirst().use()).isEqualTo(Connection.Use.MADE);
        assertThat(told.getFirst().tcpMicros()).isPositive();
        assertThat(told.getFirst().tlsMicros()).isZero();
        assertThat(told.subList(1, 3))
                .allSatisfy(each -> assertThat(each).isSameAs(Connection.KEPT));
    }

    @Test
    void thatAreDeadAreToldTogetherWithWhatReplacesThem() throws IOException {
        var told = new ArrayList<Connection>();
        upstream.next(x -> {
            x.write(JSON + "content-length: 2\r\n\r\n{}");
            x.close();
        });
        read(open());
        read(adapter.open(call(endpoint(upstream.baseUrl()), told::add)));

        assertThat(told.getLast().use()).isEqualTo(Connection.Use.MADE);
    }

    @Test
    void thatAreDeadAreNotToldOfWhereNothingReplacesThem() throws Exception {
        var told = new ArrayList<Connection>();
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
        Thread provider = Thread.startVirtualThread(() -> answerOnce(server));
        read(adapter.open(call(endpoint(url))));
        provider.join();

        assertThat(adapter.open(call(endpoint(url), told::add))).isInstanceOf(Unreachable.class);

        assertThat(told.getLast()).isSameAs(Connection.NONE);
    }

    /** A provider that is gone after its first answer, and takes nobody any more. */
    private static void answerOnce(ServerSocket server) {
        try (server;
                Socket socket = server.accept()) {
            byte[] last = new byte[1];
            while (last[0] != '}') {
                socket.getInputStream().readNBytes(last, 0, 1);
            }
            String answer = JSON + "content-length: 2\r\n\r\n{}";
            socket.getOutputStream().write(answer.getBytes(US_ASCII));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void areNotUsedAfterAnUnfinishedBody() throws IOException {
        upstream.next(FakeUpstream.json("{\"a\":\"long enough not to be read at once\"}"));
        try (var answer = (ProviderAnswer) open()) {
            assertThat(answer.read(new byte[5], 0, 5)).isEqualTo(5);
        }

        assertThat(read(open())).isEqualTo("{}");
        assertThat(upstream.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: close", "connection: x , Close"})
    void areNotUsedWhenTheProviderSaysSo(String header) throws IOException {
        upstream.next(FakeUpstream.status(200, header, "{}"));
        read(open());
        read(open());

        assertThat(upstream.connections()).isEqualTo(2);
    }

    @Test
    void areNotUsedWhenMoreCameThanTheAnswer() throws IOException {
        upstream.next(x -> x.write(JSON + "content-length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\n"));
        read(open());

        assertThat(read(open())).isEqualTo("{}");
        assertThat(upstream.connections()).isEqualTo(2);
    }

    @Test
    void areNotUsedWhenSomethingCameThatNobodyAskedFor() throws Exception {
        var sent = new CountDownLatch(1);
        upstream.next(x -> {
            x.write(JSON + "content-length: 2\r\n\r\n{}");
            x.pause(50);
            x.write(JSON + "content-length: 7\r\n\r\n\"other\"");
            sent.countDown();
        });
        read(open());
        assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(read(open())).isEqualTo("{}");
        assertThat(upstream.connections()).isEqualTo(2);
    }

    @Test
    void areReplacedOnceWhenTheyTurnOutToBeDead() throws Exception {
        for (Behaviour death : List.<Behaviour>of(x -> x.close(), x -> x.reset())) {
            read(open());
            upstream.next(death);

            assertThat(read(open())).isEqualTo("{}");
        }
    }

    @Test
    void areReplacedWhenTheProviderWasRestarted() throws Exception {
        read(open());
        upstream.cutConnections();

        assertThat(read(open())).isEqualTo("{}");
        assertThat(upstream.connections()).isEqualTo(2);
    }

    @Test
    void areReplacedOnceOnly() throws IOException {
        read(open());
        upstream.always(x -> x.close());

        assertThat(open()).isInstanceOf(Unreachable.class);
        assertThat(upstream.requests()).hasSize(3);
    }

    @Test
    void areNotReplacedOnceAnAnswerHasBegun() throws IOException {
        read(open());
        upstream.next(raw("HTTP/1.1 2"));

        assertThat(open()).isInstanceOf(Unreachable.class);
        assertThat(upstream.requests()).hasSize(2);
    }

    @Test
    void areReplacedWhenTheProviderHadGivenThemUp() throws IOException {
        read(open());
        upstream.next(
                raw(
                        "HTTP/1.1 408 Request Timeout\r\n"
                                + "connection: close\r\n"
                                + "content-length: 0\r\n\r\n"));

        assertThat(read(open())).isEqualTo("{}");
    }

    @Test
    void areCutWhenTheyWereIdleForLong() throws Exception {
        use(10_000, 10_000, 200);
        var left = new CompletableFuture<Void>();
        upstream.next(x -> {
            x.write(JSON + "content-length: 2\r\n\r\n{}");
            try {
                x.awaitLeave();
            } finally {
                left.complete(null);
            }
        });

        read(open());

        left.get(5, TimeUnit.SECONDS);
        read(open());
        assertThat(upstream.connections()).isEqualTo(2);
    }

    @Test
    void carryAThousandExchangesAtOnceWithoutMixingThemUp() throws Exception {
        upstream.always(x -> {
            x.write(EVENTS);
            x.chunk(x.request().text());
            x.pause(20);
            x.chunk("|" + x.request().text());
            x.write("0\r\n\r\n");
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 2; round++) {
                List<Future<String>> answers = new ArrayList<>();
                for (int i = 0; i < 1_000; i++) {
                    byte[] body = ("request-" + i).getBytes(US_ASCII);
                    answers.add(
                            threads.submit(() ->
                                    read(
                                            adapter.open(
                                                    call(
                                                            endpoint(upstream.baseUrl()),
                                                            body,
                                                            true,
                                                            Duration.ofSeconds(30))))));
                }
                for (int i = 0; i < 1_000; i++) {
                    String expected = "request-" + i;
                    assertThat(answers.get(i).get()).isEqualTo(expected + "|" + expected);
                }
            }
        }

        assertThat(upstream.requests()).hasSizeGreaterThanOrEqualTo(2_000);
        assertThat(upstream.connections()).isLessThanOrEqualTo(1_100);
    }
}
