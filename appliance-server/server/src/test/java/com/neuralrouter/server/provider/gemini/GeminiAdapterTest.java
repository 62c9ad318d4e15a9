package com.neuralrouter.server.provider.gemini;

import static com.neuralrouter.server.provider.Chats.saying;
import static com.neuralrouter.server.provider.Chats.text;

import static org.assertj.core.api.Assertions.assertThat;

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
import com.neuralrouter.server.provider.ProviderConformance;
import com.neuralrouter.server.provider.ProviderFailure.Rejected;
import com.neuralrouter.server.provider.ProviderReply;
import com.neuralrouter.server.provider.http.CallIds;
import com.neuralrouter.server.provider.http.ServerSentEvents;
import com.neuralrouter.server.provider.http.TranslatedReply;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.List;

class GeminiAdapterTest extends ProviderConformance {
    private static final ReplyEvent BEGUN = new ReplyEvent.Begun("r-1");

    GeminiAdapterTest() {
        super(ProviderKind.GEMINI, Authentication.API_KEY, GeminiAdapter::new);
    }

    @Override
    protected String credentialHeader() {
        return "x-goog-api-key: " + CREDENTIAL;
    }

    @Override
    protected String streamType() {
        return "text/event-stream";
    }

    @Override
    protected ProviderReply reply(ProviderAnswer answer) {
        return TranslatedReply.stream(
                answer,
                new ServerSentEvents(answer),
                new GeminiReplyReader(new CallIds(REQUEST_ID)));
    }

    @Override
    protected Recorded stream() {
        return new Recorded(
                """
                : keep-alive

                data: {"usageMetadata":{"promptTokenCount":9,"totalTokenCount":9},"responseId":"r-1","modelVersion":"gemini-2.5-flash"}

                data: {"candidates":[],"responseId":"r-1"}

                data: {"candidates":[{"content":{"parts":[{"text":"Überlegt 🤔","thought":true}],"role":"model"},"index":0}],"responseId":"r-1"}

                data: {"candidates":[{"content":{"parts":[{"text":"Grüße "}],"role":"model"},"index":0}],"responseId":"r-1"}

                data: {"candidates":[{"content":{"parts":[{"text":"aus 東京 😀"}],"role":"model"},"index":0}],"responseId":"r-1"}

                data: {"candidates":[{"content":{"parts":[{"functionCall":{"name":"weather","args":{"city":"東京","hour":1.50000000000000000000001}},"thoughtSignature":"U2ln"},{"functionCall":{"id":"own","name":"clock"}}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":9,"cachedContentTokenCount":4,"candidatesTokenCount":12,"thoughtsTokenCount":5,"totalTokenCount":26},"responseId":"r-1"}

                """,
                List.of(
                        BEGUN,
                        usage(9, 0, 0, 0),
                        new ReplyEvent.ReasoningDelta("Überlegt 🤔"),
                        new ReplyEvent.TextDelta("Grüße "),
                        new ReplyEvent.TextDelta("aus 東京 😀"),
                        new ReplyEvent.ReasoningSealed("gemini:U2ln", true),
                        new ReplyEvent.ToolCallBegun(0, MADE_UP_ID, "weather"),
                        new ReplyEvent.ArgumentsDelta(
                                0, "{\"city\":\"東京\",\"hour\":1.50000000000000000000001}"),
                        new ReplyEvent.ToolCallBegun(1, "own", "clock"),
                        new ReplyEvent.ArgumentsDelta(1, "{}"),
                        usage(9, 4, 17, 5),
                        new ReplyEvent.Finished(FinishReason.TOOL_CALLS, "")));
    }

    @Override
    protected Recorded failingStream() {
        return new Recorded(
                """
                data: {"candidates":[{"content":{"parts":[{"text":"Hel"}]}}],"responseId":"r-1"}

                data: {"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}

                """,
                List.of(
                        BEGUN,
                        new ReplyEvent.TextDelta("Hel"),
                        new ReplyEvent.Failed(ReplyEvent.Failed.Kind.OVERLOADED)));
    }

    @Override
    protected Recorded whole() {
        return new Recorded(
                """
                {"candidates":[{"content":{"parts":[
                   {"text":"Hmm","thought":true},
                   {"text":"Hello","thoughtSignature":"U2ln"}],"role":"model"},
                   "finishReason":"MAX_TOKENS","index":0}],
                 "usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":1,"thoughtsTokenCount":2},
                 "responseId":"r-1"}
                """,
                List.of(
                        BEGUN,
                        new ReplyEvent.ReasoningDelta("Hmm"),
                        new ReplyEvent.ReasoningSealed("gemini:U2ln", false),
                        new ReplyEvent.TextDelta("Hello"),
                        usage(3, 0, 3, 2),
                        new ReplyEvent.Finished(FinishReason.LENGTH, "")));
    }

    @Override
    protected String refusal() {
        return "{\"error\":{\"code\":400,\"message\":\"no such"
                + " thing\",\"status\":\"INVALID_ARGUMENT\"}}";
    }

    @Override
    protected Conversation inexpressible() {
        return Chats.empty().user(text("What is it?"), Chats.REMOTE_IMAGE).end();
    }

    private static ReplyEvent usage(long input, long cached, long output, long reasoning) {
        return new ReplyEvent.UsageReported(new TokenUsage(input, cached, 0, output, reasoning));
    }

    private List<ReplyEvent> answer(String body) throws IOException {
        upstream().next(FakeUpstream.json(body));
        return events(open(saying("Hi").end()));
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-pro, false, gemini-2.5-pro:generateContent",
        "m, true, m:streamGenerateContent?alt=sse",
        "a/b?key=1#\u00fc, false, a%2Fb%3Fkey%3D1%23%C3%BC:generateContent",
    })
    void theModelIsOneSegmentOfThePath(String model, boolean streams, String path) {
        adapter()
                .open(
                        call(
                                new Payload.Translated(saying("Hi").end()),
                                streams,
                                model,
                                Authentication.API_KEY));

        assertThat(upstream().requests().getFirst().requestLine())
                .isEqualTo("POST /v1/models/" + path + " HTTP/1.1");
    }

    @Test
    void aWrongKeyIsNotTheAppsFaultThoughGeminiAnswers400() {
        upstream()
                .next(
                        FakeUpstream.status(
                                400,
                                "content-type: application/json",
                                """
                                {"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT",
                                 "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}
                                """));

        assertThat(open(saying("Hi").end())).isInstanceOf(Rejected.class);
    }

    @Nested
    class Answers {

        @Test
        void toAPromptThatIsBlockedSaySo() throws IOException {
            assertThat(
                            answer(
                                    """
                                    {"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":3},"responseId":"r-1"}
                                    """))
                    .containsExactly(
                            BEGUN,
                            usage(3, 0, 0, 0),
                            new ReplyEvent.Finished(FinishReason.CONTENT_FILTER, ""));
        }

        @ParameterizedTest
        @CsvSource({
            "STOP, STOP",
            "MAX_TOKENS, LENGTH",
            "SAFETY, CONTENT_FILTER",
            "RECITATION, CONTENT_FILTER",
            "BLOCKLIST, CONTENT_FILTER",
            "PROHIBITED_CONTENT, CONTENT_FILTER",
            "SPII, CONTENT_FILTER",
            "LANGUAGE, CONTENT_FILTER",
        })
        void sayWhyTheyAreOver(String theirs, FinishReason ours) throws IOException {
            assertThat(answer("{\"candidates\":[{\"finishReason\":\"" + theirs + "\"}]}"))
                    .last()
                    .isEqualTo(new ReplyEvent.Finished(ours, ""));
        }

        @ParameterizedTest
        @CsvSource({"MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "OTHER", "SOMETHING_NEW"})
        void thatAreNotWhatTheModelMeantAreFailures(String reason) throws IOException {
            assertThat(answer("{\"candidates\":[{\"finishReason\":\"" + reason + "\"}]}"))
                    .last()
                    .isEqualTo(new ReplyEvent.Failed(ReplyEvent.Failed.Kind.OTHER));
        }
    }
}
