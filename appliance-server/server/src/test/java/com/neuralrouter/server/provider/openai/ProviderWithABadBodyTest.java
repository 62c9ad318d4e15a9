package com.neuralrouter.server.provider.openai;

import static com.neuralrouter.server.provider.openai.Calls.call;
import static com.neuralrouter.server.provider.openai.Calls.endpoint;
import static com.neuralrouter.server.provider.openai.Calls.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.ProviderAnswer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Bodies in all their framings, whole, broken, slow and endless. */
class ProviderWithABadBodyTest extends FaultyProvider {
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

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
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
