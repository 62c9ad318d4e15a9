package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.List;

/** An app of OpenAI's chat completions gets answers from providers of other kinds, over TLS. */
class ProviderKindsIT {
    private static final String MODEL = "house-chat";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String EVENTS =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"m","usage":{"input_tokens":5}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    @TempDir private Path folder;

    private App.Answer ask(ProviderDocument provider, String body) throws Exception {
        try (RunningSite site = RunningSite.start(folder.resolve("site"));
                App app = site.app(site.openFor(MODEL, List.of(provider)))) {
            return app.ask(body);
        }
    }

    private static ProviderDocument provider(ProviderKind kind, FakeUpstream upstream) {
        return new ProviderDocument(
                "elsewhere",
                kind,
                "http://127.0.0.1:" + upstream.port(),
                Authentication.NONE,
                null);
    }

    private static JsonNode sent(FakeUpstream upstream) {
        return JSON.readTree(upstream.requests().getFirst().body());
    }

    @Test
    void anthropicAnswersWithAStream() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start()) {
            upstream.always(FakeUpstream.status(200, "content-type: text/event-stream", EVENTS));

            App.Answer answer =
                    ask(provider(ProviderKind.ANTHROPIC, upstream), App.stream(MODEL, "Hello"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("\"content\":\"Hi\"")
                    .contains("\"finish_reason\":\"stop\"")
                    .contains("data: [DONE]\n\n");
            assertThat(upstream.requests().getFirst().requestLine())
                    .isEqualTo("POST /messages HTTP/1.1");
            assertThat(sent(upstream).path("max_tokens").asInt()).isEqualTo(8_192);
        }
    }

    @Test
    void bedrockAnswersAsAWhole() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start()) {
            upstream.always(
                    FakeUpstream.json(
                            """
                            {"output":{"message":{"role":"assistant","content":[{"text":"Hi"}]}},
                             "stopReason":"end_turn",
                             "usage":{"inputTokens":5,"outputTokens":2,"totalTokens":7}}
                            """));

            App.Answer answer =
                    ask(provider(ProviderKind.BEDROCK, upstream), App.chat(MODEL, "Hello"));

            JsonNode completion = JSON.readTree(answer.body());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(completion.at("/choices/0/message/content").asString()).isEqualTo("Hi");
            assertThat(completion.at("/model").asString()).isEqualTo(MODEL);
            assertThat(completion.at("/usage/total_tokens").asInt()).isEqualTo(7);
            assertThat(upstream.requests().getFirst().requestLine())
                    .isEqualTo("POST /model/house-chat/converse HTTP/1.1");
        }
    }

    @Test
    void azureAnswersInTheSameFormat() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start()) {
            String completion = Completions.whole(MODEL, "Hi");
            upstream.always(FakeUpstream.json(completion));

            App.Answer answer =
                    ask(provider(ProviderKind.AZURE, upstream), App.chat(MODEL, "Hello"));

            assertThat(answer.body()).isEqualTo(completion);
            assertThat(upstream.requests().getFirst().requestLine())
                    .isEqualTo("POST /openai/v1/chat/completions HTTP/1.1");
        }
    }

    @Test
    void whatTheProviderHasNoWordForIsRefusedByItsName() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start()) {
            String body =
                    "{\"model\":\""
                            + MODEL
                            + "\",\"seed\":7,\"messages\":[{\"role\":\"user\","
                            + "\"content\":\"Hello\"}]}";

            App.Answer answer = ask(provider(ProviderKind.ANTHROPIC, upstream), body);

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body()).contains("seed");
            assertThat(upstream.requests()).isEmpty();
        }
    }
}
