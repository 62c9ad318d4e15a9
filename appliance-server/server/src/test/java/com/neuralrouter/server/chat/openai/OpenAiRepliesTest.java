package com.neuralrouter.server.chat.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.GatheredReply;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Replies;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyEvent.ArgumentsDelta;
import com.neuralrouter.server.chat.ReplyEvent.Begun;
import com.neuralrouter.server.chat.ReplyEvent.Finished;
import com.neuralrouter.server.chat.ReplyEvent.ReasoningDelta;
import com.neuralrouter.server.chat.ReplyEvent.RefusalDelta;
import com.neuralrouter.server.chat.ReplyEvent.TextDelta;
import com.neuralrouter.server.chat.ReplyEvent.ToolCallBegun;
import com.neuralrouter.server.chat.ReplyEvent.UsageReported;
import com.neuralrouter.server.chat.ReplyWriter;
import com.neuralrouter.server.chat.TokenUsage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers of OpenAI's chat completions, read and written. */
class OpenAiRepliesTest {

    @Test
    void readsAStreamWithAllThatServersAddToIt() throws IOException {
        List<ReplyEvent> events =
                stream(
                        "{\"id\":\"a\",\"choices\":[],\"prompt_filter_results\":[]}",
                        delta("{\"role\":\"assistant\",\"content\":\"\"}"),
                        delta("{\"reasoning_content\":\"hm\"}"),
                        delta("{\"reasoning\":\"m\",\"content\":null}"),
                        delta("{\"content\":\"h\u00e4\"}"),
                        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"!\"}}],"
                                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}",
                        finish("stop"),
                        "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,"
                                + "\"prompt_tokens_details\":{\"cached_tokens\":2},"
                                + "\"completion_tokens_details\":{\"reasoning_tokens\":3}}}",
                        "[DONE]");

        assertThat(events)
                .containsExactly(
                        new Begun("a"),
                        new ReasoningDelta("hm"),
                        new ReasoningDelta("m"),
                        new TextDelta("h\u00e4"),
                        new TextDelta("!"),
                        new UsageReported(new TokenUsage(1, 0, 0, 1, 0)),
                        new UsageReported(new TokenUsage(9, 2, 0, 4, 3)),
                        new Finished(FinishReason.STOP, ""));
    }

    @Test
    void readsTheFragmentsOfToolCallsOneCallAfterTheOther() throws IOException {
        List<ReplyEvent> events =
                stream(
                        call(0, "\"id\":\"x\",", "\"name\":\"f\",\"arguments\":\"\""),
                        call(0, "", "\"arguments\":\"{\\\"a\\\"\""),
                        call(1, "\"id\":\"y\",", "\"name\":\"g\",\"arguments\":\"{\""),
                        call(0, "", "\"arguments\":\":\\\"}\\\"}\""),
                        call(1, "", "\"arguments\":\"}\""),
                        finish("tool_calls"),
                        "[DONE]");

        assertThat(events)
                .containsExactly(
                        new Begun(""),
                        new ToolCallBegun(0, "x", "f"),
                        new ArgumentsDelta(0, "{\"a\""),
                        new ArgumentsDelta(0, ":\"}\"}"),
                        new ToolCallBegun(1, "y", "g"),
                        new ArgumentsDelta(1, "{"),
                        new ArgumentsDelta(1, "}"),
                        new Finished(FinishReason.TOOL_CALLS, ""));
    }

    @Test
    void readsToolCallsOfServersThatLeaveOutIndexAndId() throws IOException {
        List<ReplyEvent> events =
                stream(
                        "{\"id\":\"a\",\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":"
                                + "{\"name\":\"f\",\"arguments\":{\"b\":1}}},"
                                + "{\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]}}]}",
                        finish("stop"));

        assertThat(events)
                .containsExactly(
                        new Begun("a"),
                        new ToolCallBegun(0, "call_a_0", "f"),
                        new ArgumentsDelta(0, "{\"b\":1}"),
                        new ToolCallBegun(1, "call_a_1", "g"),
                        new ArgumentsDelta(1, "{}"),
                        new Finished(FinishReason.TOOL_CALLS, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "OTHER | {\"error\":{\"message\":\"x\",\"type\":\"server_error\"}}",
                "RATE_LIMITED | {\"error\":{\"code\":\"rate_limit_exceeded\"}}",
                "OVERLOADED | {\"object\":\"error\",\"message\":\"x\",\"code\":503}",
                "OTHER | {\"error\":\"out of memory\"}"
            })
    void readsAnErrorInTheMiddle(ReplyEvent.Failed.Kind kind, String error) throws IOException {
        assertThat(stream(delta("{\"content\":\"a\"}"), error, "[DONE]"))
                .containsExactly(new Begun(""), new TextDelta("a"), new ReplyEvent.Failed(kind));
    }

    @Test
    void saysThatAStreamIsNotWholeThatEndsWithoutAReason() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> stream(delta("{\"content\":\"a\"}")));
    }

    @Test
    void readsAnAnswerThatCameWhole() {
        List<ReplyEvent> events =
                Replies.whole(
                        new OpenAiReplyReader(),
                        "{\"id\":\"a\",\"choices\":[{\"finish_reason\":\"content_filter\","
                                + "\"message\":{\"content\":[{\"type\":\"thinking\",\"thinking\":"
                                + "[{\"type\":\"text\",\"text\":\"t\"}]},{\"type\":\"text\","
                                + "\"text\":\"c\"}],\"refusal\":\"no\"}}]}");

        assertThat(events)
                .containsExactly(
                        new Begun("a"),
                        new ReasoningDelta("t"),
                        new TextDelta("c"),
                        new RefusalDelta("no"),
                        new Finished(FinishReason.CONTENT_FILTER, ""));
    }

    @Test
    void readsWhatItWroteWhateverItIsAndWhereverItIsSplit() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            List<ReplyEvent> events = Replies.random(seed);
            String stream = Replies.written(writer(true, true), events);

            List<ReplyEvent> read = Replies.stream(new OpenAiReplyReader(), stream, seed);

            assertSame(Replies.gathered(read), Replies.gathered(events), seed);
        }
    }

    @Test
    void readsWhatItWroteWhole() {
        for (long seed = 0; seed < 100; seed++) {
            List<ReplyEvent> events = Replies.random(seed);
            JsonNode whole = Replies.wholeOf(writer(false, false), events);

            List<ReplyEvent> read = Replies.whole(new OpenAiReplyReader(), whole.toString());

            assertSame(Replies.gathered(read), Replies.gathered(events), seed);
        }
    }

    @Test
    void writesAStreamAsOpenAiDoes() {
        String stream =
                Replies.written(
                        writer(true, true),
                        List.of(
                                new Begun("x"),
                                new TextDelta("hi"),
                                new UsageReported(new TokenUsage(3, 1, 0, 2, 0)),
                                new Finished(FinishReason.LENGTH, "")));

        assertThat(stream)
                .isEqualTo(
                        chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null")
                                + chunk("{\"content\":\"hi\"}", "null")
                                + chunk("{}", "\"length\"")
                                + "data:"
                                + " {\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":5,\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":1},\"completion_tokens_details\":{\"reasoning_tokens\":0}}}\n\n"
                                + "data: [DONE]\n\n");
    }

    @Test
    void showsNoUsageToWhoDidNotAskForIt() {
        assertThat(Replies.written(writer(true, false), Replies.random(1))).doesNotContain("usage");
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":5,"
                + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"logprobs\":null,\"finish_reason\":"
                + finish
                + "}],\"usage\":null}\n\n";
    }

    private static void assertSame(GatheredReply read, GatheredReply written, long seed) {
        assertThat(read.parts().stream().filter(OpenAiRepliesTest::says))
                .as("seed %d", seed)
                .isEqualTo(written.parts().stream().filter(OpenAiRepliesTest::says).toList());
        assertThat(read.usage()).as("seed %d", seed).isEqualTo(written.usage());
        assertThat(read.finished()).as("seed %d", seed).isEqualTo(written.finished());
    }

    private static boolean says(Part part) {
        return !(part instanceof Part.Text text && text.text().isEmpty());
    }

    private static OpenAiReplyWriter writer(boolean stream, boolean usage) {
        return new OpenAiReplyWriter(new ReplyWriter.For("7", "m", 5, stream, usage));
    }

    private static String delta(String delta) {
        return "{\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}";
    }

    private static String finish(String reason) {
        return "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}";
    }

    private static String call(int index, String id, String function) {
        return delta(
                "{\"tool_calls\":[{\"index\":"
                        + index
                        + ","
                        + id
                        + "\"function\":{"
                        + function
                        + "}}]}");
    }

    private static List<ReplyEvent> stream(String... data) throws IOException {
        String body =
                Stream.of(data)
                        .map(one -> ": ping\n\ndata: " + one + "\n\n")
                        .collect(Collectors.joining());
        return Replies.stream(new OpenAiReplyReader(), body, 1);
    }
}
