package com.neuralrouter.server.provider.cohere;

import static com.neuralrouter.server.provider.Chats.saying;
import static com.neuralrouter.server.provider.Chats.text;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.TokenUsage;
import com.neuralrouter.server.provider.Chats;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderConformance;
import com.neuralrouter.server.provider.ProviderReply;
import com.neuralrouter.server.provider.WholeBody;
import com.neuralrouter.server.provider.http.CallIds;
import com.neuralrouter.server.provider.http.ServerSentEvents;
import com.neuralrouter.server.provider.http.TranslatedReply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.List;
import java.util.Set;

class CohereAdapterTest extends ProviderConformance {
    private static final ReplyEvent BEGUN = new ReplyEvent.Begun("c-1");

    CohereAdapterTest() {
        super(ProviderKind.COHERE, Authentication.BEARER, CohereAdapter::new);
    }

    @Override
    protected String credentialHeader() {
        return "authorization: Bearer " + CREDENTIAL;
    }

    @Override
    protected Set<Operation> passedOn() {
        return Set.of(Operation.RERANK);
    }

    @Override
    protected String streamType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    protected ProviderReply reply(ProviderAnswer answer) {
        return TranslatedReply.stream(
                answer,
                new ServerSentEvents(answer),
                new CohereReplyReader(new CallIds(REQUEST_ID)));
    }

    @Override
    protected Recorded stream() {
        return new Recorded(
                recorded("cohere-stream.txt"),
                List.of(
                        BEGUN,
                        new ReplyEvent.ReasoningDelta("Überlegt 🤔"),
                        new ReplyEvent.TextDelta("Grüße "),
                        new ReplyEvent.TextDelta("aus 東京 😀"),
                        new ReplyEvent.ToolCallBegun(0, "weather_x1", "weather"),
                        new ReplyEvent.ArgumentsDelta(0, "{\"city\":"),
                        new ReplyEvent.ArgumentsDelta(0, "\"東京\"}"),
                        new ReplyEvent.ToolCallBegun(1, "clock_x2", "clock"),
                        new ReplyEvent.ArgumentsDelta(1, "{}"),
                        usage(37, 30, 28),
                        new ReplyEvent.Finished(FinishReason.TOOL_CALLS, "")));
    }

    @Override
    protected Recorded failingStream() {
        return new Recorded(
                """
                data: {"type":"message-start","id":"c-1","delta":{"message":{"role":"assistant"}}}

                data: {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"Hel"}}}}

                data: {"type":"message-end","delta":{"error":"server error","finish_reason":"ERROR"}}

                """,
                List.of(
                        BEGUN,
                        new ReplyEvent.TextDelta("Hel"),
                        new ReplyEvent.Failed(ReplyEvent.Failed.Kind.OTHER)));
    }

    @Override
    protected Recorded whole() {
        return new Recorded(
                """
                {"id":"c-1","finish_reason":"MAX_TOKENS",
                 "message":{"role":"assistant","content":[{"type":"thinking","thinking":"Hmm"},{"type":"text","text":"Hello"}],
                   "tool_plan":"I ask.","tool_calls":[{"id":"","type":"function","function":{"name":"clock","arguments":""}}]},
                 "usage":{"tokens":{"input_tokens":3,"output_tokens":4}}}
                """,
                List.of(
                        BEGUN,
                        new ReplyEvent.ReasoningDelta("Hmm"),
                        new ReplyEvent.TextDelta("Hello"),
                        new ReplyEvent.TextDelta("I ask."),
                        new ReplyEvent.ToolCallBegun(0, MADE_UP_ID, "clock"),
                        new ReplyEvent.ArgumentsDelta(0, "{}"),
                        usage(3, 0, 4),
                        new ReplyEvent.Finished(FinishReason.LENGTH, "")));
    }

    @Override
    protected String refusal() {
        return "{\"id\":\"e-1\",\"message\":\"no such thing\"}";
    }

    @Override
    protected Conversation inexpressible() {
        return Chats.empty().user(text("What is it?"), Chats.PDF).end();
    }

    private static ReplyEvent usage(long input, long cached, long output) {
        return new ReplyEvent.UsageReported(new TokenUsage(input, cached, 0, output, 0));
    }

    @Test
    void passesRerankingOnAsItIs() throws IOException {
        byte[] body = "{\"model\":\"m\",\"query\":\"q\",\"documents\":[\"a\"]}".getBytes(UTF_8);
        upstream().next(FakeUpstream.json("{\"results\":[]}"));
        ProviderCall call =
                call(
                        endpoint(Authentication.BEARER),
                        Operation.RERANK,
                        "m",
                        new Payload.Verbatim("application/json", body),
                        false,
                        CREDENTIAL);

        try (var answer = (ProviderAnswer) adapter().open(call)) {
            assertThat(new String(WholeBody.of(answer), UTF_8)).isEqualTo("{\"results\":[]}");
        }

        assertThat(upstream().requests().getFirst().requestLine())
                .isEqualTo("POST /v1/v2/rerank HTTP/1.1");
        assertThat(upstream().requests().getFirst().body()).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({"COMPLETE, STOP", "STOP_SEQUENCE, STOP", "MAX_TOKENS, LENGTH"})
    void saysWhyAnAnswerIsOver(String theirs, FinishReason ours) throws IOException {
        upstream()
                .next(
                        FakeUpstream.json(
                                "{\"finish_reason\":\"%s\",\"message\":{\"content\":\"Hi\"}}"
                                        .formatted(theirs)));

        assertThat(events(open(saying("Hi").end())))
                .containsExactly(
                        new ReplyEvent.Begun(""),
                        new ReplyEvent.TextDelta("Hi"),
                        new ReplyEvent.Finished(ours, ""));
    }

    @ParameterizedTest
    @CsvSource({"ERROR", "TIMEOUT", "SOMETHING_NEW"})
    void anAnswerThatFailedIsNone(String reason) throws IOException {
        upstream().next(FakeUpstream.json("{\"finish_reason\":\"" + reason + "\"}"));

        assertThat(events(open(saying("Hi").end())))
                .last()
                .isEqualTo(new ReplyEvent.Failed(ReplyEvent.Failed.Kind.OTHER));
    }
}
