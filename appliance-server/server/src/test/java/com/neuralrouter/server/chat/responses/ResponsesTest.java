package com.neuralrouter.server.chat.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.Replies;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyEvent.ArgumentsDelta;
import com.neuralrouter.server.chat.ReplyEvent.Begun;
import com.neuralrouter.server.chat.ReplyEvent.Finished;
import com.neuralrouter.server.chat.ReplyEvent.ReasoningDelta;
import com.neuralrouter.server.chat.ReplyEvent.TextDelta;
import com.neuralrouter.server.chat.ReplyEvent.ToolCallBegun;
import com.neuralrouter.server.chat.ReplyEvent.UsageReported;
import com.neuralrouter.server.chat.ReplyWriter;
import com.neuralrouter.server.chat.TokenUsage;
import com.neuralrouter.server.chat.openai.OpenAiConversationWriter;
import com.neuralrouter.server.chat.openai.OpenAiConversationWriter.Server;
import com.neuralrouter.server.provider.Chats;
import com.neuralrouter.server.provider.RequestSchema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.util.List;

/** OpenAI's Responses: requests as OpenAI's chats, answers as events and whole. */
class ResponsesTest {
    private static final List<ReplyEvent> EVENTS =
            List.of(
                    new Begun("x"),
                    new ReasoningDelta("hm"),
                    new TextDelta("hi"),
                    new TextDelta("!"),
                    new ToolCallBegun(0, "c0", "f"),
                    new ArgumentsDelta(0, "{\"a\":1}"),
                    new UsageReported(new TokenUsage(20, 5, 0, 9, 2)),
                    new Finished(FinishReason.TOOL_CALLS, ""));

    @Test
    void becomesARequestInOpenAisOlderFormat() {
        Conversation read =
                read(
                        """
                        {"model":"m","instructions":"Be brief.","max_output_tokens":50,
                         "store":false,"metadata":{"a":"b"},"client_metadata":{"a":"b"},
                         "reasoning":{"effort":"high"},
                         "include":["reasoning.encrypted_content"],"truncation":"disabled",
                         "tools":[{"type":"function","name":"f","parameters":{"type":"object"},
                           "strict":true}],
                         "tool_choice":{"type":"function","name":"f"},
                         "text":{"format":{"type":"json_schema","name":"n","strict":true,
                           "schema":{"type":"object"}}},
                         "input":[
                           {"role":"user","content":[{"type":"input_text","text":"What?"},
                             {"type":"input_image","image_url":"https://example.org/a.png"}]},
                           {"type":"reasoning","id":"rs_1","summary":[
                             {"type":"summary_text","text":"hm"}]},
                           {"type":"message","id":"msg_1","status":"completed",
                            "role":"assistant","content":[
                             {"type":"output_text","text":"Wait.","annotations":[]}]},
                           {"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},
                           {"type":"function_call","call_id":"c2","name":"f","arguments":"{}"},
                           {"type":"function_call_output","call_id":"c1","output":"one"},
                           {"type":"function_call_output","call_id":"c2","output":[
                             {"type":"input_text","text":"two"}]}]}
                        """);

        JsonNode written = new OpenAiConversationWriter(Server.OPENAI).write(read, "there");

        assertThat(RequestSchema.misfits(ProviderKind.OPENAI, Chats.sent(written))).isEmpty();
        assertThat(Replies.json(written.toString()))
                .isEqualTo(
                        Replies.json(
                                """
                                {"model":"there","max_completion_tokens":50,
                                 "reasoning_effort":"high",
                                 "tools":[{"type":"function","function":{"name":"f",
                                   "parameters":{"type":"object"},"strict":true}}],
                                 "tool_choice":{"type":"function","function":{"name":"f"}},
                                 "response_format":{"type":"json_schema","json_schema":
                                   {"name":"n","strict":true,"schema":{"type":"object"}}},
                                 "messages":[
                                   {"role":"system","content":"Be brief."},
                                   {"role":"user","content":[{"type":"text","text":"What?"},
                                     {"type":"image_url","image_url":
                                       {"url":"https://example.org/a.png"}}]},
                                   {"role":"assistant","content":"Wait.","tool_calls":[
                                     {"id":"c1","type":"function","function":
                                       {"name":"f","arguments":"{}"}},
                                     {"id":"c2","type":"function","function":
                                       {"name":"f","arguments":"{}"}}]},
                                   {"role":"tool","tool_call_id":"c1","content":"one"},
                                   {"role":"tool","tool_call_id":"c2","content":"two"}]}
                                """));
        assertThat(read.hints())
                .containsExactlyInAnyOrder("client_metadata", "include", "metadata");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "store | \"store\":true",
                "previous_response_id | \"previous_response_id\":\"resp_1\"",
                "conversation | \"conversation\":\"c\"",
                "background | \"background\":true",
                "prompt | \"prompt\":{\"id\":\"p\"}",
                "truncation | \"truncation\":\"auto\"",
                "tools[0].type | \"tools\":[{\"type\":\"web_search\"}]",
                "include[0] | \"include\":[\"file_search_call.results\"]"
            })
    void namesWhatCannotBeTranslated(String field, String member) {
        assertThatExceptionOfType(Inexpressible.class)
                .isThrownBy(() -> read("{\"input\":\"hi\"," + member + "}"))
                .satisfies(missing -> assertThat(missing.field()).isEqualTo(field));
    }

    @Test
    void writesTheEventsOfAStreamInTheirOrder() {
        List<JsonNode> events = Replies.data(Replies.written(writer(true), EVENTS));

        assertThat(events)
                .extracting(event -> event.path("type").asString().substring("response.".length()))
                .containsExactly(
                        "created",
                        "in_progress",
                        "output_item.added",
                        "reasoning_summary_part.added",
                        "reasoning_summary_text.delta",
                        "reasoning_summary_text.done",
                        "reasoning_summary_part.done",
                        "output_item.done",
                        "output_item.added",
                        "content_part.added",
                        "output_text.delta",
                        "output_text.delta",
                        "output_text.done",
                        "content_part.done",
                        "output_item.done",
                        "output_item.added",
                        "function_call_arguments.delta",
                        "function_call_arguments.done",
                        "output_item.done",
                        "completed");
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("sequence_number").asInt(-1)).isEqualTo(i);
        }
        assertThat(events.getLast().at("/response/output"))
                .isEqualTo(Replies.wholeOf(writer(false), EVENTS).path("output"));
    }

    @Test
    void tellsEveryTextAgainWhenItIsDone() {
        for (long seed = 0; seed < 200; seed++) {
            List<ReplyEvent> random = Replies.random(seed);
            List<JsonNode> events = Replies.data(Replies.written(writer(true), random));

            assertThat(joined(events, "response.output_text.delta", "delta"))
                    .as("seed %d", seed)
                    .isEqualTo(joined(events, "response.output_text.done", "text"))
                    .isEqualTo(Replies.gathered(random).text());
            assertThat(joined(events, "response.function_call_arguments.delta", "delta"))
                    .as("seed %d", seed)
                    .isEqualTo(
                            joined(events, "response.function_call_arguments.done", "arguments"));
        }
    }

    @Test
    void writesAnAnswerThatGoesOutWhole() {
        JsonNode whole = Replies.wholeOf(writer(false), EVENTS);

        assertThat(whole.path("output").toString())
                .isEqualTo(
                        "[{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\","
                            + "\"text\":\"hm\"}],\"id\":\"rs_7_0\"},"
                            + "{\"type\":\"message\",\"status\":\"completed\","
                            + "\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\","
                            + "\"text\":\"hi!\",\"annotations\":[],\"logprobs\":[]}],"
                            + "\"id\":\"msg_7_1\"},"
                            + "{\"type\":\"function_call\",\"status\":\"completed\","
                            + "\"call_id\":\"c0\",\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\","
                            + "\"id\":\"fc_7_2\"}]");
        assertThat(whole.path("status").asString()).isEqualTo("completed");
        assertThat(whole.at("/usage/input_tokens_details/cached_tokens").asInt()).isEqualTo(5);
        assertThat(whole.path("temperature").asDouble()).isEqualTo(0.5);
    }

    @Test
    void saysThatAnAnswerIsNotComplete() {
        JsonNode whole =
                Replies.wholeOf(
                        writer(false),
                        List.of(new TextDelta("a"), new Finished(FinishReason.LENGTH, "")));

        assertThat(whole.path("status").asString()).isEqualTo("incomplete");
        assertThat(whole.at("/incomplete_details/reason").asString())
                .isEqualTo("max_output_tokens");
    }

    private static String joined(List<JsonNode> events, String type, String member) {
        var joined = new StringBuilder();
        for (JsonNode event : events) {
            if (event.path("type").asString().equals(type)) {
                joined.append(event.path(member).asString());
            }
        }
        return joined.toString();
    }

    private static Conversation read(String body) {
        return new ResponsesConversationReader().read(Replies.json(body));
    }

    private static ResponsesReplyWriter writer(boolean stream) {
        return new ResponsesReplyWriter(
                new ReplyWriter.For("7", "m", 5, stream, true),
                Replies.json("{\"temperature\":0.5}"));
    }
}
