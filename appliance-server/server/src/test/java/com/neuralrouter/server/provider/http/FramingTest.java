package com.neuralrouter.server.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.server.provider.ProviderAnswer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

class FramingTest {
    private static final String EVENTS =
            ": welcome\n\nevent: a\nid: 7\ndata: {\"x\":1}\n\ndata:no space\r\n\r\n"
                    + "retry: 5\n\ndata: two\ndata: lines\n\nevent:z\rdata: \u00e4\ud83d\ude00\r\r"
                    + "dataset: no field of ours\ndata\n\nevent: lost\n\ndata: cut off";

    @Test
    void readsEventsAsTheStandardSaysWhereverTheyAreSplit() throws IOException {
        for (int piece = 1; piece <= EVENTS.length(); piece++) {
            int size = piece;
            assertThat(read(EVENTS, _ -> size, ServerSentEvents::new))
                    .as("in pieces of %d bytes", piece)
                    .containsExactly(
                            "a|{\"x\":1}",
                            "|no space",
                            "|two\nlines",
                            "z|\u00e4\ud83d\ude00",
                            "|",
                            "|cut off");
        }
    }

    @Test
    void readsEventsSplitAtRandom() throws IOException {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            assertThat(read(EVENTS, _ -> 1 + random.nextInt(9), ServerSentEvents::new))
                    .as("seed %d", seed)
                    .hasSize(6);
        }
    }

    @Test
    void readsLinesOfJsonAndPassesOverEmptyOnes() throws IOException {
        for (int piece = 1; piece < 20; piece++) {
            int size = piece;
            assertThat(read("{\"a\":1}\n\n{\"b\":2}\r\n{\"c\":3}", _ -> size, JsonLines::new))
                    .containsExactly("|{\"a\":1}", "|{\"b\":2}", "|{\"c\":3}");
        }
    }

    @Test
    void holdsNoLineThatNeverEnds() {
        var endless =
                new Pieces(new byte[0], _ -> 1) {
                    @Override
                    public int read(byte[] into, int at, int length) {
                        return length;
                    }
                };

        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> new ServerSentEvents(endless).next())
                .withMessageContaining("too long");
    }

    private static List<String> read(
            String text,
            Function<Integer, Integer> sizes,
            Function<ProviderAnswer, Framing> framing)
            throws IOException {
        Framing messages = framing.apply(new Pieces(text.getBytes(UTF_8), sizes));
        var read = new ArrayList<String>();
        for (Framing.Message message; (message = messages.next()) != null; ) {
            read.add(
                    message.name()
                            + "|"
                            + new String(message.data(), message.at(), message.length(), UTF_8));
        }
        return read;
    }

    /** An answer whose bytes come in pieces of some size. */
    private static class Pieces implements ProviderAnswer {
        private final byte[] bytes;
        private final Function<Integer, Integer> sizes;
        private int place;

        Pieces(byte[] bytes, Function<Integer, Integer> sizes) {
            this.bytes = bytes;
            this.sizes = sizes;
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public String contentType() {
            return "text/event-stream";
        }

        @Override
        public long contentLength() {
            return -1;
        }

        @Override
        public int read(byte[] into, int at, int length) {
            if (place == bytes.length) {
                return -1;
            }
            int n = Math.min(Math.min(length, sizes.apply(place)), bytes.length - place);
            System.arraycopy(bytes, place, into, at, n);
            place += n;
            return n;
        }

        @Override
        public void close() {}
    }
}
