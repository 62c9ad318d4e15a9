package com.neuralrouter.server.provider.ollama;

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
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderConformance;
import com.neuralrouter.server.provider.ProviderReply;
import com.neuralrouter.server.provider.http.CallIds;
import com.neuralrouter.server.provider.http.JsonLines;
import com.neuralrouter.server.provider.http.TranslatedReply;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

class OllamaAdapterTest extends ProviderConformance {
    private static final ReplyEvent BEGUN = new ReplyEvent.Begun("");

    OllamaAdapterTest() {
        super(ProviderKind.OLLAMA, Authentication.BEARER, OllamaAdapter::new);
    }

    @Override
    protected String credentialHeader() {
        return "authorization: Bearer " + CREDENTIAL;
    }

    @Override
    protected String streamType() {
        return "application/x-ndjson";
    }

    @Override
    protected ProviderReply reply(ProviderAnswer answer) {
        return TranslatedReply.stream(
                answer, new JsonLines(answer), new OllamaReplyReader(new CallIds(REQUEST_ID)));
    }

    @Override
    protected Recorded stream() {
        return new Recorded(
                """
                {"model":"qwen3","created_at":"2026-11-29T08:00:00.1Z","message":{"role":"assistant","content":"","thinking":"Überlegt 🤔"},"done":false}

                {"model":"qwen3","created_at":"2026-11-29T08:00:00.2Z","message":{"role":"assistant","content":"Grüße "},"done":false}
                {"model":"qwen3","created_at":"2026-11-29T08:00:00.3Z","message":{"role":"assistant","content":"aus 東京 😀"},"done":false}
                {"model":"qwen3","created_at":"2026-11-29T08:00:00.4Z","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"weather","arguments":{"city":"東京"}}}]},"done":false}
                {"model":"qwen3","created_at":"2026-11-29T08:00:00.5Z","message":{"role":"assistant","content":"","tool_calls":[{"id":"own","function":{"index":1,"name":"clock"}}]},"done":false}
                {"model":"qwen3","created_at":"2026-11-29T08:00:00.6Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","total_duration":4883583458,"load_duration":1334875,"prompt_eval_count":26,"prompt_eval_duration":342546000,"eval_count":282,"eval_duration":4535599000}
                """,
                List.of(
                        BEGUN,
                        new ReplyEvent.ReasoningDelta("Überlegt 🤔"),
                        new ReplyEvent.TextDelta("Grüße "),
                        new ReplyEvent.TextDelta("aus 東京 😀"),
                        new ReplyEvent.ToolCallBegun(0, MADE_UP_ID, "weather"),
                        new ReplyEvent.ArgumentsDelta(0, "{\"city\":\"東京\"}"),
                        new ReplyEvent.ToolCallBegun(1, "own", "clock"),
                        new ReplyEvent.ArgumentsDelta(1, "{}"),
                        usage(26, 282),
                        new ReplyEvent.Finished(FinishReason.TOOL_CALLS, "")));
    }

    @Override
    protected Recorded failingStream() {
        return new Recorded(
                """
                {"model":"qwen3","message":{"role":"assistant","content":"Hel"},"done":false}
                {"error":"an error was encountered while running the model: CUDA error"}
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
                {"model":"qwen3","created_at":"2026-11-29T08:00:00Z",
                 "message":{"role":"assistant","content":"Hello","thinking":"Hmm"},
                 "done":true,"done_reason":"length","prompt_eval_count":3,"eval_count":4}
                """,
                List.of(
                        BEGUN,
                        new ReplyEvent.ReasoningDelta("Hmm"),
                        new ReplyEvent.TextDelta("Hello"),
                        usage(3, 4),
                        new ReplyEvent.Finished(FinishReason.LENGTH, "")));
    }

    @Override
    protected String refusal() {
        return "{\"error\":\"no such thing\"}";
    }

    @Override
    protected Conversation inexpressible() {
        return Chats.empty().user(text("What is it?"), Chats.REMOTE_IMAGE).end();
    }

    private static ReplyEvent usage(long input, long output) {
        return new ReplyEvent.UsageReported(new TokenUsage(input, 0, 0, output, 0));
    }

    @Test
    void reportsNoUsageWhereThePromptWasStillInMemory() throws IOException {
        upstream()
                .next(
                        FakeUpstream.json(
                                "{\"message\":{\"content\":\"Hi\"},\"done\":true,\"eval_count\":4}"));

        assertThat(events(open(saying("Hi").end())))
                .containsExactly(
                        BEGUN,
                        new ReplyEvent.TextDelta("Hi"),
                        new ReplyEvent.Finished(FinishReason.STOP, ""));
    }
}
