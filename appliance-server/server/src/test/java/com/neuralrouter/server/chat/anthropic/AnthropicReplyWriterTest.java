package com.neuralrouter.server.chat.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.Replies;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyEvent.ArgumentsDelta;
import com.neuralrouter.server.chat.ReplyEvent.Begun;
import com.neuralrouter.server.chat.ReplyEvent.Finished;
import com.neuralrouter.server.chat.ReplyEvent.ReasoningDelta;
import com.neuralrouter.server.chat.ReplyEvent.ReasoningSealed;
import com.neuralrouter.server.chat.ReplyEvent.RefusalDelta;
import com.neuralrouter.server.chat.ReplyEvent.TextDelta;
import com.neuralrouter.server.chat.ReplyEvent.ToolCallBegun;
import com.neuralrouter.server.chat.ReplyEvent.UsageReported;
import com.neuralrouter.server.chat.ReplyWriter;
import com.neuralrouter.server.chat.TokenUsage;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.List;

class AnthropicReplyWriterTest {
    private static final List<ReplyEvent> EVENTS =
            List.of(
                    new Begun("x"),
                    new ReasoningDelta("h"),
                    new ReasoningDelta("m"),
                    new ReasoningSealed("seal", false),
                    new TextDelta("hi"),
                    new TextDelta("!"),
                    new ToolCallBegun(0, "t0", "f"),
                    new ArgumentsDelta(0, "{\"a\":"),
                    new ArgumentsDelta(0, "1}"),
                    new ToolCallBegun(1, "t1", "g"),
                    new UsageReported(new TokenUsage(20, 5, 3, 9, 2)),
                    new Finished(FinishReason.TOOL_CALLS, ""));

    @Test
    void writesAStreamAsAnthropicDoes() {
        List<String> data =
                Replies.data(Replies.written(writer(true), EVENTS)).stream()
                        .map(JsonNode::toString)
                        .toList();

        assertThat(data)
                .containsExactly(
                        "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_7\",\"type\":\"message\","
                            + "\"role\":\"assistant\",\"model\":\"m\",\"content\":[],"
                            + "\"stop_reason\":null,\"stop_sequence\":null,\"usage\":"
                                + usage(0, 0, 0, 0)
                                + "}}",
                        start(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
                        delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"h\"}"),
                        delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"m\"}"),
                        delta(0, "{\"type\":\"signature_delta\",\"signature\":\"seal\"}"),
                        stop(0),
                        start(1, "{\"type\":\"text\",\"text\":\"\"}"),
                        delta(1, "{\"type\":\"text_delta\",\"text\":\"hi\"}"),
                        delta(1, "{\"type\":\"text_delta\",\"text\":\"!\"}"),
                        stop(1),
                        start(
                                2,
                                "{\"type\":\"tool_use\",\"id\":\"t0\",\"name\":\"f\",\"input\":{}}"),
                        delta(
                                2,
                                "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":\"}"),
                        delta(2, "{\"type\":\"input_json_delta\",\"partial_json\":\"1}\"}"),
                        stop(2),
                        start(
                                3,
                                "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"g\",\"input\":{}}"),
                        stop(3),
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\","
                                + "\"stop_sequence\":null},\"usage\":"
                                + usage(12, 3, 5, 9)
                                + "}",
                        "{\"type\":\"message_stop\"}");
    }

    @Test
    void namesEachEventAsItsData() {
        String stream = Replies.written(writer(true), EVENTS);

        for (String event : stream.split("\n\n")) {
            String name = event.lines().findFirst().orElseThrow().substring("event: ".length());
            assertThat(event.lines().skip(1).findFirst().orElseThrow())
                    .startsWith("data: {\"type\":\"" + name + "\"");
        }
    }

    @Test
    void writesAnAnswerThatGoesOutWhole() {
        JsonNode whole = Replies.wholeOf(writer(false), EVENTS);

        assertThat(whole.path("content").toString())
                .isEqualTo(
                        "[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"seal\"},"
                            + "{\"type\":\"text\",\"text\":\"hi!\"},"
                            + "{\"type\":\"tool_use\",\"id\":\"t0\",\"name\":\"f\",\"input\":{\"a\":1}},"
                            + "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"g\",\"input\":{}}]");
        assertThat(whole.path("stop_reason").asString()).isEqualTo("tool_use");
        assertThat(whole.path("usage").toString()).isEqualTo(usage(12, 3, 5, 9));
    }

    @Test
    void leavesNumbersAsTheModelWroteThem() {
        String arguments = "{\"a\":1.50000000000000000000001,\"b\":0.30}";
        ReplyWriter writer = writer(false);
        writer.event(new Begun("x"));
        writer.event(new ToolCallBegun(0, "t0", "f"));
        writer.event(new ArgumentsDelta(0, arguments));
        writer.event(new Finished(FinishReason.TOOL_CALLS, ""));

        assertThat(writer.whole()).asString(UTF_8).contains("\"input\":" + arguments);
    }

    @Test
    void tellsWhyTheAnswerEnds() {
        assertThat(reason(new TextDelta("a"), new Finished(FinishReason.STOP, "")))
                .isEqualTo("end_turn");
        assertThat(reason(new TextDelta("a"), new Finished(FinishReason.STOP, "END")))
                .isEqualTo("stop_sequence");
        assertThat(reason(new TextDelta("a"), new Finished(FinishReason.LENGTH, "")))
                .isEqualTo("max_tokens");
        assertThat(reason(new RefusalDelta("no"), new Finished(FinishReason.STOP, "")))
                .isEqualTo("refusal");
        assertThat(reason(new TextDelta("a"), new Finished(FinishReason.PAUSE, "")))
                .isEqualTo("pause_turn");
    }

    private static String reason(ReplyEvent... events) {
        return Replies.wholeOf(writer(false), List.of(events)).path("stop_reason").asString();
    }

    private static String start(int index, String block) {
        return "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":%s}"
                .formatted(index, block);
    }

    private static String delta(int index, String delta) {
        return "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":%s}"
                .formatted(index, delta);
    }

    private static String stop(int index) {
        return "{\"type\":\"content_block_stop\",\"index\":%d}".formatted(index);
    }

    private static String usage(int input, int written, int read, int output) {
        return ("{\"input_tokens\":%d,\"cache_creation_input_tokens\":%d,"
                        + "\"cache_read_input_tokens\":%d,\"output_tokens\":%d}")
                .formatted(input, written, read, output);
    }

    private static AnthropicReplyWriter writer(boolean stream) {
        return new AnthropicReplyWriter(new ReplyWriter.For("7", "m", 5, stream, true));
    }
}
