package com.neuralrouter.server.provider;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;

class UsageObserverTest {
    private static final String FIRST =
            "data:"
                + " {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}],\"usage\":null}";
    private static final String TEXT =
            "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüße"
                    + " \\\"usage\\\":{ 🙂\"}}]}";
    private static final String USAGE =
            "data:"
                + " {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":34,"
                + "\"total_tokens\":46,\"prompt_tokens_details\":{\"cached_tokens\":7,\"prompt_tokens\":99},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":5}}}";
    private static final String DONE = "data: [DONE]";

    private static String stream(String lineEnd, String... events) {
        return String.join(lineEnd + lineEnd, events) + lineEnd + lineEnd;
    }

    /** Feeds in pieces that end at the given indices, and returns what went through. */
    private static String pass(UsageObserver observer, byte[] bytes, int... ends) {
        var out = new ByteArrayOutputStream();
        try {
            int at = 0;
            for (int end : ends) {
                // A copy at an odd place: nothing may rely on the caller's array staying as it is.
                byte[] piece = new byte[end - at + 3];
                System.arraycopy(bytes, at, piece, 3, end - at);
                observer.pass(piece, 3, end - at, out::write);
                Arrays.fill(piece, (byte) '#');
                at = end;
            }
            observer.pass(bytes, at, bytes.length - at, out::write);
            observer.end(out::write);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(UTF_8);
    }

    @Nested
    class OfStream {
        private static final String[] LINE_ENDS = {"\n", "\r\n", "\r"};

        @Test
        void takesOutTheUsageChunkAndNothingElseHoweverTheStreamIsSplit() {
            for (String end : LINE_ENDS) {
                String ping = ": ping" + end + end;
                String whole = ping + stream(end, FIRST, TEXT, USAGE) + ping + stream(end, DONE);
                String without = ping + stream(end, FIRST, TEXT) + ping + stream(end, DONE);
                byte[] bytes = whole.getBytes(UTF_8);
                for (int split = 0; split <= bytes.length; split++) {
                    var observer = UsageObserver.ofStreamWithoutUsageChunk();

                    String passed = pass(observer, bytes, split);

                    assertThat(passed).as("split at %d", split).isEqualTo(without);
                    assertCounts(observer);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 20261123})
        void seesTheSameInPiecesOfAnyLength(long seed) {
            Random random = new Random(seed);
            for (int round = 0; round < 300; round++) {
                String end = LINE_ENDS[random.nextInt(LINE_ENDS.length)];
                String comment = ": keep-alive" + end;
                String tail = "event: x" + end + "id: 1" + end + stream(end, DONE);
                String before = comment + stream(end, FIRST, TEXT, TEXT) + comment;
                byte[] bytes = (before + stream(end, USAGE) + comment + tail).getBytes(UTF_8);
                int[] ends =
                        random.ints(random.nextInt(40), 0, bytes.length + 1).sorted().toArray();
                var watching = UsageObserver.ofStream();
                var filtering = UsageObserver.ofStreamWithoutUsageChunk();

                assertThat(pass(watching, bytes, ends)).isEqualTo(new String(bytes, UTF_8));
                assertThat(pass(filtering, bytes, ends))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(before + comment + tail);

                assertThat(watching.promptTokens()).isEqualTo(12);
                assertThat(filtering.promptTokens()).isEqualTo(12);
                assertThat(watching.chunks()).isEqualTo(3);
                assertThat(filtering.chunks()).isEqualTo(3);
            }
        }

        @Test
        void findsUsageOnAChunkThatHasChoicesAndLetsItThrough() {
            String odd =
                    "data: {\"usage\":{\"completion_tokens\":5,\"prompt_tokens\": 4"
                            + " },\"choices\":[{\"delta\":{}}]}";
            String whole = stream("\n", FIRST, odd, DONE);
            var observer = UsageObserver.ofStreamWithoutUsageChunk();

            assertThat(pass(observer, whole.getBytes(UTF_8))).isEqualTo(whole);

            assertThat(observer.promptTokens()).isEqualTo(4);
            assertThat(observer.completionTokens()).isEqualTo(5);
        }

        @Test
        void theLastReportOfARunningCountHolds() {
            String running =
                    "data:"
                        + " {\"choices\":[{\"delta\":{}}],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":1}}";
            var observer = UsageObserver.ofStream();

            pass(observer, stream("\n", running, running, USAGE, DONE).getBytes(UTF_8));

            assertThat(observer.completionTokens()).isEqualTo(34);
        }

        @Test
        void letsAChunkWithoutChoicesAndWithoutUsageThrough() {
            // Azure sends one first, with the results of its prompt filter.
            String filter =
                    "data:"
                        + " {\"choices\":[],\"prompt_filter_results\":[{\"usage\":{}}],\"usage\":null}";
            String whole = stream("\n", filter, TEXT, DONE);

            assertThat(pass(UsageObserver.ofStreamWithoutUsageChunk(), whole.getBytes(UTF_8)))
                    .isEqualTo(whole);
        }

        @Test
        void handsAnEventOnWhenItIsWholeAndACommentAtOnce() throws IOException {
            var out = new ByteArrayOutputStream();
            var observer = UsageObserver.ofStream();
            byte[] event = (": ping\n\n" + stream("\n", TEXT)).getBytes(UTF_8);

            observer.pass(event, 0, event.length - 1, out::write);
            assertThat(out.toString(UTF_8)).isEqualTo(": ping\n\n");

            observer.pass(event, event.length - 1, 1, out::write);
            assertThat(out.toByteArray()).isEqualTo(event);
        }

        @Test
        void holdsNoMoreThanALittleOfAnEndlessEvent() throws IOException {
            var out = new ByteArrayOutputStream();
            var observer = UsageObserver.ofStreamWithoutUsageChunk();
            byte[] piece =
                    "data: {\"a\":\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb".getBytes(UTF_8);

            for (int i = 0; i < 1_000; i++) {
                observer.pass(piece, 0, piece.length, out::write);
            }

            assertThat(1_000 * piece.length - out.size()).isLessThan(17_000);
        }

        @Test
        void readsAnEventWhoseDataStandsInSeveralLines() {
            String event =
                    "data: {\"choices\":[],\n"
                            + "data: \"usage\":{\"prompt_tokens\":1,\n"
                            + "data:\"completion_tokens\":2}}";
            var observer = UsageObserver.ofStreamWithoutUsageChunk();

            assertThat(pass(observer, stream("\n", event, DONE).getBytes(UTF_8)))
                    .isEqualTo(stream("\n", DONE));

            assertThat(observer.promptTokens()).isEqualTo(1);
            assertThat(observer.completionTokens()).isEqualTo(2);
        }

        @Test
        void handsOnTheBeginningOfAnEventThatBreaksOff() {
            String broken = stream("\n", FIRST) + "data: {\"id\":\"c\",\"cho";

            assertThat(pass(UsageObserver.ofStreamWithoutUsageChunk(), broken.getBytes(UTF_8)))
                    .isEqualTo(broken);
        }

        @Test
        void noticesAnErrorInMidStream() {
            var observer = UsageObserver.ofStream();

            pass(
                    observer,
                    stream("\n", FIRST, "data: {\"error\":{\"message\":\"x\"}}").getBytes(UTF_8));

            assertThat(observer.errorSeen()).isTrue();
            assertThat(observer.done()).isFalse();
        }

        @Test
        void countsGeneratedTextOnly() {
            String call =
                    "data:"
                        + " {\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"n\",\"arguments\":\"12345\"}}]}}]}";
            String text =
                    "data:"
                        + " {\"content\":\"outside\",\"choices\":[{\"delta\":{\"content\":\"abc\"}}]}";
            var observer = UsageObserver.ofStream();

            pass(observer, stream("\n", call, text, DONE).getBytes(UTF_8));

            assertThat(observer.generatedBytes()).isEqualTo(8);
        }

        private void assertCounts(UsageObserver observer) {
            assertThat(observer.promptTokens()).isEqualTo(12);
            assertThat(observer.completionTokens()).isEqualTo(34);
            assertThat(observer.cachedTokens()).isEqualTo(7);
            assertThat(observer.cacheWrites()).isZero();
            assertThat(observer.reasoningTokens()).isEqualTo(5);
            assertThat(observer.chunks()).isEqualTo(2);
            assertThat(observer.done()).isTrue();
            assertThat(observer.errorSeen()).isFalse();
        }
    }

    @Nested
    class OfJson {
        @Test
        void findsUsageHoweverTheTextIsSplit() {
            String text =
                    "{\"choices\":[{\"message\":{\"content\":\"\\\\\\\"prompt_tokens\\\":1"
                            + " ü\"}}],\n"
                            + " \"usage\" : {\"prompt_tokens\" : 12,\"completion_tokens\":34}}";
            byte[] bytes = text.getBytes(UTF_8);
            for (int split = 0; split <= bytes.length; split++) {
                var observer = UsageObserver.ofJson();

                assertThat(pass(observer, bytes, split)).isEqualTo(text);

                assertThat(observer.promptTokens()).as("split at %d", split).isEqualTo(12);
                assertThat(observer.completionTokens()).isEqualTo(34);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"usage\":null}",
                    "{\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":1.5}}",
                    "{\"usage\":{\"prompt_tokens\":\"3\",\"completion_tokens\":1e3}}",
                    "{\"usage\":{\"prompt_tokens\":1234567890123456789,\"completion_tokens\":null}}",
                    "{\"usage\":[{\"prompt_tokens\":1,\"completion_tokens\":1}]}",
                    "{\"choices\":{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}}",
                    "{\"prompt_tokens\":1,\"completion_tokens\":1}",
                    "]]]}}}{{{{[[[",
                    "<html>\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}</html>",
                    "",
                })
        void reportsNothingWhereNothingIsReported(String text) {
            var observer = UsageObserver.ofJson();

            assertThat(pass(observer, text.getBytes(UTF_8))).isEqualTo(text);

            assertThat(observer.promptTokens()).isEqualTo(-1);
            assertThat(observer.completionTokens()).isEqualTo(-1);
        }

        @ParameterizedTest
        @ValueSource(longs = {4, 5, 6})
        void survivesAnything(long seed) {
            Random random = new Random(seed);
            for (int round = 0; round < 500; round++) {
                byte[] bytes = new byte[random.nextInt(400)];
                String alphabet = "{}[]:,\"\\ \r\ndata:usage0123choices\0\u00ff";
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
                }
                int split = random.nextInt(bytes.length + 1);
                assertThat(pass(UsageObserver.ofStream(), bytes, split))
                        .isEqualTo(new String(bytes, UTF_8));
                pass(UsageObserver.ofStreamWithoutUsageChunk(), bytes, split);
                pass(UsageObserver.ofJson(), bytes, split);
            }
        }
    }
}
