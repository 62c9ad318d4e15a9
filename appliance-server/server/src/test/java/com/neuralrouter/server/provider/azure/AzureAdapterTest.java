package com.neuralrouter.server.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.provider.AdapterHarness;
import com.neuralrouter.server.provider.Chats;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.Endpoint.Options;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.ListsModels;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.Service;
import com.neuralrouter.server.provider.WholeBody;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** Azure's addresses and headers; what flows through is OpenAI's format, byte for byte. */
class AzureAdapterTest extends AdapterHarness {
    private static final byte[] BODY = "{\"model\":\"gpt-x\", \"messages\":[]}".getBytes(UTF_8);

    AzureAdapterTest() {
        super(ProviderKind.AZURE, Authentication.API_KEY, AzureAdapter::new);
    }

    private Endpoint endpoint(Authentication how, Options options) {
        Endpoint usual = endpoint(how);
        return new Endpoint(
                usual.id(),
                usual.name(),
                usual.kind(),
                upstream().root(),
                usual.authentication(),
                null,
                usual.destination(),
                usual.pins(),
                options);
    }

    private OpenResult open(Endpoint endpoint, Operation operation, String model, boolean stream) {
        var payload = new Payload.Verbatim("application/json", BODY);
        return adapter().open(call(endpoint, operation, model, payload, stream, CREDENTIAL));
    }

    /**
     * The addresses are those of Azure's references (read 2026-11) of the version 2024-10-21, of
     * 2025-04-01-preview, which has speech as well, of v1 and of the preview of v1, in which images
     * and sounds are.
     */
    @ParameterizedTest
    @CsvSource({
        "CHAT_COMPLETIONS, '', /openai/v1/chat/completions",
        "COMPLETIONS, '', /openai/v1/completions",
        "RESPONSES, '', /openai/v1/responses",
        "EMBEDDINGS, '', /openai/v1/embeddings",
        "TRANSCRIPTIONS, '', /openai/v1/audio/transcriptions",
        "SPEECH, '', /openai/v1/audio/speech",
        "IMAGES, '', /openai/v1/images/generations",
        "CHAT_COMPLETIONS, preview, /openai/v1/chat/completions?api-version=preview",
        "TRANSCRIPTIONS, preview, /openai/v1/audio/transcriptions?api-version=preview",
        "SPEECH, preview, /openai/v1/audio/speech?api-version=preview",
        "IMAGES, preview, /openai/v1/images/generations?api-version=preview",
        "CHAT_COMPLETIONS, 2024-10-21,"
                + " /openai/deployments/gpt%2Fx%20y/chat/completions?api-version=2024-10-21",
        "COMPLETIONS, 2024-10-21,"
                + " /openai/deployments/gpt%2Fx%20y/completions?api-version=2024-10-21",
        "EMBEDDINGS, 2024-10-21,"
                + " /openai/deployments/gpt%2Fx%20y/embeddings?api-version=2024-10-21",
        "TRANSCRIPTIONS, 2024-10-21,"
                + " /openai/deployments/gpt%2Fx%20y/audio/transcriptions?api-version=2024-10-21",
        "IMAGES, 2024-10-21,"
                + " /openai/deployments/gpt%2Fx%20y/images/generations?api-version=2024-10-21",
        "SPEECH, 2025-04-01-preview,"
                + " /openai/deployments/gpt%2Fx%20y/audio/speech?api-version=2025-04-01-preview",
        "RESPONSES, 2025-04-01-preview, /openai/responses?api-version=2025-04-01-preview"
    })
    void asksAtAzuresAddresses(Operation operation, String version, String path)
            throws IOException {
        upstream().always(FakeUpstream.json("{\"id\":1}"));
        Endpoint endpoint =
                endpoint(Authentication.API_KEY, new Options(Set.of(operation), version));

        try (ProviderAnswer answer = (ProviderAnswer) open(endpoint, operation, "gpt/x y", false)) {
            assertThat(new String(WholeBody.of(answer), UTF_8)).isEqualTo("{\"id\":1}");
        }

        FakeUpstream.Received request = upstream().requests().getFirst();
        assertThat(request.requestLine()).isEqualTo("POST " + path + " HTTP/1.1");
        assertThat(request.header("api-key")).isEqualTo(CREDENTIAL);
        assertThat(request.header("accept"))
                .isEqualTo(
                        operation == Operation.SPEECH || operation == Operation.TRANSCRIPTIONS
                                ? "*/*"
                                : "application/json");
        assertThat(request.headers()).doesNotContainKey("authorization");
        assertThat(request.body()).isEqualTo(BODY);
    }

    @ParameterizedTest
    @CsvSource({
        "'', /openai/v1/models",
        "preview, /openai/v1/models?api-version=preview",
        "2024-10-21, /openai/models?api-version=2024-10-21"
    })
    void asksForModelsAtAzuresAddresses(String version, String path) throws IOException {
        upstream().always(FakeUpstream.json("{\"data\":[]}"));

        OpenResult result =
                ((ListsModels) adapter())
                        .models(
                                REQUEST_ID,
                                endpoint(Authentication.NONE, new Options(Set.of(), version)),
                                null,
                                System.nanoTime() + Duration.ofSeconds(30).toNanos());

        ((ProviderAnswer) result).close();
        assertThat(upstream().requests().getFirst().requestLine())
                .isEqualTo("GET " + path + " HTTP/1.1");
    }

    /** A sound or a text in whatever format it was asked for; of what else there is, JSON. */
    @ParameterizedTest
    @CsvSource({
        "SPEECH, audio/mpeg, true",
        "TRANSCRIPTIONS, text/vtt, true",
        "TRANSCRIPTIONS, application/json, true",
        "IMAGES, text/html, false",
        "EMBEDDINGS, text/html, false"
    })
    void takesTheAnswersThatAnOperationHas(Operation operation, String type, boolean taken) {
        upstream().always(FakeUpstream.status(200, "content-type: " + type, "x"));

        OpenResult result =
                open(
                        endpoint(Authentication.API_KEY, new Options(Set.of(operation), "")),
                        operation,
                        "m",
                        false);

        assertThat(result)
                .isInstanceOf(taken ? ProviderAnswer.class : ProviderFailure.BadReply.class);
        if (result instanceof ProviderAnswer answer) {
            assertThat(answer.contentType()).isEqualTo(type);
            answer.close();
        }
    }

    @Test
    void takesATokenOfEntra() throws IOException {
        upstream().always(FakeUpstream.json("{}"));

        try (var answer =
                (ProviderAnswer)
                        open(
                                endpoint(Authentication.BEARER, Options.NONE),
                                Operation.CHAT_COMPLETIONS,
                                "gpt-x",
                                false)) {
            assertThat(answer.status()).isEqualTo(200);
        }

        FakeUpstream.Received request = upstream().requests().getFirst();
        assertThat(request.header("authorization")).isEqualTo("Bearer " + CREDENTIAL);
        assertThat(request.headers()).doesNotContainKey("api-key");
    }

    @Test
    void passesAStreamOnAsItIs() throws IOException {
        upstream()
                .always(
                        FakeUpstream.events(
                                "{\"choices\":[],\"prompt_filter_results\":[]}", "[DONE]"));

        try (var answer =
                (ProviderAnswer)
                        open(
                                endpoint(Authentication.API_KEY, Options.NONE),
                                Operation.CHAT_COMPLETIONS,
                                "gpt-x",
                                true)) {
            assertThat(new String(WholeBody.of(answer), UTF_8))
                    .isEqualTo(
                            "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n"
                                    + "data: [DONE]\n\n");
        }
    }

    @Test
    void putsOtherChatsIntoChatCompletions() throws IOException {
        upstream()
                .always(
                        FakeUpstream.json(
                                """
                                {"id":"c","choices":[{"index":0,"finish_reason":"stop",
                                 "message":{"role":"assistant","content":"Hi"},
                                 "content_filter_results":{}}],
                                 "usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}
                                """));
        OpenResult opened =
                adapter()
                        .open(
                                call(
                                        endpoint(Authentication.API_KEY, Options.NONE),
                                        Operation.MESSAGES,
                                        "gpt-x",
                                        new Payload.Translated(Chats.saying("Hello").end()),
                                        false,
                                        CREDENTIAL));

        assertThat(events(opened))
                .contains(
                        new ReplyEvent.TextDelta("Hi"),
                        new ReplyEvent.Finished(FinishReason.STOP, ""));
        FakeUpstream.Received request = upstream().requests().getFirst();
        assertThat(request.requestLine()).isEqualTo("POST /openai/v1/chat/completions HTTP/1.1");
        assertThat(Chats.json(request.text()).path("model").asString()).isEqualTo("gpt-x");
    }

    @Test
    void readsHowLongAzureWantsToBeLeftAlone() {
        upstream().always(FakeUpstream.status(429, "x-ms-retry-after-ms: 1500", "{}"));

        OpenResult result =
                open(
                        endpoint(Authentication.API_KEY, Options.NONE),
                        Operation.CHAT_COMPLETIONS,
                        "gpt-x",
                        false);

        assertThat(result)
                .isInstanceOfSatisfying(
                        ProviderFailure.Throttled.class,
                        throttled -> assertThat(throttled.retryAfterMillis()).isEqualTo(1_500));
    }

    @Test
    void servesChatsAndWhatItsEndpointNames() {
        var named = new Options(Set.of(Operation.RESPONSES, Operation.RERANK), "");

        assertThat(service(Options.NONE, Operation.CHAT_COMPLETIONS)).isEqualTo(Service.VERBATIM);
        assertThat(service(Options.NONE, Operation.RESPONSES)).isEqualTo(Service.TRANSLATED);
        assertThat(service(Options.NONE, Operation.EMBEDDINGS)).isEqualTo(Service.NONE);
        assertThat(service(named, Operation.RESPONSES)).isEqualTo(Service.VERBATIM);
        assertThat(service(named, Operation.RERANK)).isEqualTo(Service.NONE);
    }

    private Service service(Options options, Operation operation) {
        return adapter().service(endpoint(Authentication.API_KEY, options), operation);
    }
}
