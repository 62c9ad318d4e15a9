package com.neuralrouter.server.provider.openai;

import static com.neuralrouter.server.provider.openai.Calls.PATIENT;
import static com.neuralrouter.server.provider.openai.Calls.call;
import static com.neuralrouter.server.provider.openai.Calls.endpoint;
import static com.neuralrouter.server.provider.openai.Calls.read;
import static com.neuralrouter.server.provider.openai.Calls.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.FakeUpstream.Behaviour;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderFailure.BadReply;
import com.neuralrouter.server.provider.ProviderFailure.Cancelled;
import com.neuralrouter.server.provider.ProviderFailure.TimedOut;
import com.neuralrouter.server.provider.ProviderFailure.Unreachable;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** What providers do wrong, over real sockets. */
@Timeout(60)
class OpenAiAdapterFaultsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String JSON = OK + "content-type: application/json\r\n";
    private static final String EVENTS =
            OK + "content-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

    private FakeUpstream upstream;
    private OpenAiAdapter adapter;

    @BeforeEach
    void start() throws IOException {
        upstream = FakeUpstream.start();
        adapter = new OpenAiAdapter(PATIENT, Calls.CLOCK);
    }

    @AfterEach
    void stop() throws IOException {
        adapter.close();
        upstream.close();
    }

    private void use(int firstByteMillis, int betweenBytesMillis, int idleMillis) {
        adapter.close();
        adapter =
                new OpenAiAdapter(
                        new UpstreamTimeouts(
                                Duration.ofSeconds(10),
                                Duration.ofMillis(firstByteMillis),
                                Duration.ofMillis(betweenBytesMillis),
                                Duration.ofMillis(idleMillis)),
                        Calls.CLOCK);
    }

    private OpenResult open() {
        return adapter.open(call(endpoint(upstream.baseUrl())));
    }

    private OpenResult openStream() {
        return adapter.open(stream(endpoint(upstream.baseUrl())));
    }

    private static Behaviour raw(String text) {
        return x -> {
            x.write(text);
            x.close();
        };
    }

    @Nested
    class BeforeTheAnswer {
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
                    .isEqualTo(
                            new Unreachable(
                                    "the provider closed the connection without an answer"));
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
                                call(
                                        endpoint(url),
                                        new byte[4 << 20],
                                        false,
                                        Duration.ofSeconds(30)));

                assertThat(((ProviderAnswer) result).status()).isEqualTo(413);
                assertThat(read(result)).isEqualTo("{}");
            }
        }
    }

    @Nested
    class InTheHead {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "garbage\r\n\r\n",
                    "SSH-2.0-OpenSSH_9.6\r\n",
                    "HTTP/2 200 OK\r\n\r\n",
                    "HTTP/1.1 20 OK\r\n\r\n",
                    "HTTP/1.1 2000 OK\r\n\r\n",
                    "HTTP/1.1 999 OK\r\n\r\n",
                    "HTTP/1.1  200 OK\r\n\r\n",
                    "HTTP/1.1 200 OK\ncontent-length: 2\n\n{}",
                    "HTTP/1.1 101 Switching\r\n\r\n",
                    "HTTP/1.1 200 OK\r\n"
                            + "content-length: 2\r\n"
                            + "transfer-encoding: chunked\r\n\r\n"
                            + "0\r\n\r\n",
                    "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}",
                    "HTTP/1.1 200 OK\r\ncontent-length: 2, 2\r\n\r\n{}",
                    "HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\n{}",
                    "HTTP/1.1 200 OK\r\ncontent-length: +2\r\n\r\n{}",
                    "HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n{}",
                    "HTTP/1.1 200 OK\r\ncontent-length:\r\n\r\n{}",
                    "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                    "HTTP/1.1 200 OK\r\n"
                            + "transfer-encoding: chunked\r\n"
                            + "transfer-encoding: chunked\r\n\r\n"
                            + "0\r\n\r\n",
                    "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                    "HTTP/1.1 200 OK\r\ncontent-length : 2\r\n\r\n{}",
                    "HTTP/1.1 200 OK\r\ncontent-type: a\r\n folded\r\ncontent-length: 2\r\n\r\n{}",
                    "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nx: a\rb\r\n\r\n",
                })
        void refusesWhatIsNotHttp(String head) {
            upstream.next(raw(head));

            assertThat(open()).isInstanceOf(BadReply.class);
        }

        @Test
        void refusesAnEndlessLine() {
            upstream.next(raw(OK + "x: " + "a".repeat(100_000)));

            assertThat(open()).isEqualTo(new BadReply("the answer has a line that is too long"));
        }

        @Test
        void refusesEndlessHeaders() {
            upstream.next(raw(OK + "x: y\r\n".repeat(100_000)));

            assertThat(open()).isEqualTo(new BadReply("the answer's head is too long"));
        }

        @Test
        void refusesEndlessInterimAnswers() {
            upstream.next(raw("HTTP/1.1 100 Continue\r\n\r\n".repeat(100)));

            assertThat(open()).isInstanceOf(BadReply.class);
        }

        @Test
        void readsAHeadLargerThanTheBuffer() throws IOException {
            String large = ("x-" + "h".repeat(100) + ": " + "v".repeat(300) + "\r\n").repeat(100);
            upstream.next(x -> x.write(JSON + large + "content-length: 2\r\n\r\n{}"));

            assertThat(read(open())).isEqualTo("{}");
        }

        @Test
        void readsAHeadThatComesByteByByte() throws IOException {
            upstream.next(x -> x.drip(JSON + "Content-Length: 2\r\n\r\n{}", 1));

            assertThat(read(open())).isEqualTo("{}");
        }

        @Test
        void aPeerThatLeavesInTheHeadIsUnreachable() {
            upstream.next(raw(JSON));

            assertThat(open()).isInstanceOf(Unreachable.class);
        }
    }

    @Nested
    class InTheBody {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 7, 64, 20_000})
        void readsChunksHoweverTheyAreCut(int piece) throws IOException {
            var expected = new StringBuilder();
            upstream.next(x -> {
                x.write(EVENTS);
                for (int i = 0; i < 50; i++) {
                    x.chunk("data: \u00fc" + "x".repeat(i * 37) + "\n\n");
                }
                x.write("5;ext=\"v\"\r\nabcde\r\n00A\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n");
            });
            for (int i = 0; i < 50; i++) {
                expected.append("data: \u00fc").append("x".repeat(i * 37)).append("\n\n");
            }

            assertThat(read(openStream(), piece)).isEqualTo(expected + "abcde0123456789");

            read(open());
            assertThat(upstream.connections()).isEqualTo(1);
        }

        @Test
        void readsAChunkedBodyThatComesByteByByte() throws IOException {
            upstream.next(x -> x.drip(EVENTS + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", 1));

            assertThat(read(openStream())).isEqualTo("abcde");
        }

        @Test
        void readsALargeChunkAndALargeBody() throws IOException {
            String large = "0123456789".repeat(100_000);
            upstream.next(x -> {
                x.write(EVENTS);
                x.chunk(large);
                x.write("0\r\n\r\n");
            });
            assertThat(read(openStream())).isEqualTo(large);

            upstream.next(FakeUpstream.json(large));
            assertThat(read(open())).isEqualTo(large);
            assertThat(upstream.connections()).isEqualTo(1);
        }

        @Test
        void readsABodyThatEndsWithTheConnection() throws IOException {
            upstream.next(raw(JSON + "\r\n{\"until\":\"close\"}"));

            assertThat(read(open())).isEqualTo("{\"until\":\"close\"}");

            read(open());
            assertThat(upstream.connections()).isEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\r\n",
                    "x\r\nabc",
                    "-3\r\nabc",
                    "3 \r\nabc\r\n",
                    "0x3\r\nabc\r\n",
                    "FFFFFFFFFFFFFFFFF\r\nabc",
                    "3\nabc\r\n0\r\n\r\n",
                    "3\r\nabcd\r\n0\r\n\r\n",
                    "3\r\nabcX\r\n0\r\n\r\n",
                    "3\r\nabc\n0\r\n\r\n",
                    "0\r\nbad\0trailer\r\n\r\n",
                })
        void refusesABadChunk(String chunks) throws IOException {
            upstream.next(raw(EVENTS + chunks));
            OpenResult result = openStream();

            assertThatThrownBy(() -> read(result)).isInstanceOf(IOException.class);

            read(open());
            assertThat(upstream.connections()).as("the connection is not kept").isEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "transfer-encoding: chunked\r\n\r\n3\r\nab",
                    "transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n",
                    "transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
                    "content-length: 10\r\n\r\nabc",
                })
        void anEndInTheMiddleIsNoEnd(String rest) throws IOException {
            upstream.next(raw(JSON + rest));
            OpenResult result = open();

            assertThatThrownBy(() -> read(result))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(InterruptedIOException.class)
                    .hasMessageContaining("in the middle of the answer");
        }

        @Test
        void silenceBetweenBytesTimesOut() {
            use(10_000, 300, 10_000);
            upstream.next(x -> {
                x.write(EVENTS);
                x.chunk("data: a\n\n");
                x.awaitLeave();
            });
            OpenResult result = openStream();

            assertThatThrownBy(() -> read(result))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("the provider stopped in the middle of the answer");
        }

        @Test
        void aSlowStreamThatKeepsComingIsNotCut() throws IOException {
            use(10_000, 1_000, 10_000);
            upstream.next(x -> {
                x.write(EVENTS);
                for (int i = 0; i < 30; i++) {
                    x.chunk("x");
                    x.pause(50);
                }
                x.write("0\r\n\r\n");
            });

            assertThat(read(openStream())).hasSize(30);
        }

        @Test
        void theTotalDeadlineEndsAStreamThatKeepsComing() {
            upstream.next(x -> {
                x.write(EVENTS);
                while (true) {
                    x.chunk("x");
                    x.pause(20);
                }
            });
            OpenResult result =
                    adapter.open(
                            call(
                                    endpoint(upstream.baseUrl()),
                                    new byte[2],
                                    true,
                                    Duration.ofMillis(500)));
            long start = System.nanoTime();

            assertThatThrownBy(() -> read(result)).isInstanceOf(InterruptedIOException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(3));
        }

        @Test
        void closingFromAnotherThreadFreesTheReaderAndTheProvider() throws Exception {
            var left = new CompletableFuture<Void>();
            var reading = new CountDownLatch(1);
            upstream.next(x -> {
                x.write(EVENTS);
                x.chunk("data: a\n\n");
                try {
                    x.awaitLeave();
                } finally {
                    left.complete(null);
                }
            });
            var answer = (ProviderAnswer) openStream();
            var failure = new CompletableFuture<Exception>();
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            byte[] buffer = new byte[100];
                            answer.read(buffer, 0, 100);
                            reading.countDown();
                            answer.read(buffer, 0, 100);
                            failure.completeExceptionally(new AssertionError("no failure"));
                        } catch (IOException e) {
                            failure.complete(e);
                        }
                    });
            assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();

            answer.close();

            assertThat(failure.get(1, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
            left.get(1, TimeUnit.SECONDS);
        }
    }

    @Nested
    class KeptConnections {
        @Test
        void areUsedAgain() throws IOException {
            for (int i = 0; i < 20; i++) {
                read(open(), 3);
            }

            assertThat(upstream.requests()).hasSize(20);
            assertThat(upstream.connections()).isEqualTo(1);
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
}
