package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.models.ModelInfo;
import com.anthropic.models.models.ModelListParams;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Map;

/**
 * The official Anthropic SDK for Java ({@code com.anthropic:anthropic-java}), as it is published,
 * speaks through the appliance to a provider of OpenAI's chat completions.
 */
class AnthropicJavaSdkIT extends SiteOfOneModel {
    @Test
    void getsAMessage() throws IOException {
        Message answer = client(key, 0).messages().create(question(MODEL).build());

        assertThat(answer.content().getFirst().asText().text()).isEqualTo("Good morning.");
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        assertThat(answer.usage().inputTokens()).isEqualTo(9);
        assertThat(answer.usage().outputTokens()).isEqualTo(3);
    }

    @Test
    void streamsAMessage() throws IOException {
        Message answer = streamed(question(MODEL).build());

        assertThat(answer.content().getFirst().asText().text()).isEqualTo("Good morning.");
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
    }

    /** Its paths have a query. */
    @Test
    void takesWhatTheSdkCallsBeta() throws IOException {
        var beta = client(key, 0).beta();

        var answer =
                beta.messages()
                        .create(
                                com.anthropic.models.beta.messages.MessageCreateParams.builder()
                                        .model(MODEL)
                                        .maxTokens(100)
                                        .addUserMessage("Hello?")
                                        .build());
        var models = beta.models().list().items();

        assertThat(answer.content().getFirst().asText().text()).isEqualTo("Good morning.");
        assertThat(models).singleElement().satisfies(one -> assertThat(one.id()).isEqualTo(MODEL));
    }

    @Test
    void listsModelsByThePage() throws IOException {
        ModelListParams params = ModelListParams.builder().limit(1).build();

        assertThat(client(key, 0).models().list(params).autoPager())
                .extracting(ModelInfo::id)
                .containsExactly(MODEL);
    }

    @Test
    void streamsTheCallsOfSeveralTools() throws IOException {
        upstream.always(
                FakeUpstream.events(
                        Completions.chunk(
                                MODEL, call(0, "c0", "weather", "{\\\"city\\\":"), "null"),
                        Completions.chunk(MODEL, more(0, "\\\"Bern\\\"}"), "null"),
                        Completions.chunk(MODEL, call(1, "c1", "time", "{}"), "null"),
                        Completions.chunk(MODEL, "{}", "\"tool_calls\""),
                        "[DONE]"));

        Message answer =
                streamed(
                        question(MODEL)
                                .addTool(
                                        Tool.builder()
                                                .name("weather")
                                                .inputSchema(
                                                        Tool.InputSchema.builder()
                                                                .properties(
                                                                        Tool.InputSchema.Properties
                                                                                .builder()
                                                                                .putAdditionalProperty(
                                                                                        "city",
                                                                                        JsonValue
                                                                                                .from(
                                                                                                        Map
                                                                                                                .of()))
                                                                                .build())
                                                                .build())
                                                .build())
                                .build());

        assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(answer.content()).hasSize(2);
        assertThat(answer.content().getFirst().asToolUse().name()).isEqualTo("weather");
        assertThat(answer.content().getFirst().asToolUse()._input())
                .isEqualTo(JsonValue.from(Map.of("city", "Bern")));
        assertThat(answer.content().getLast().asToolUse().id()).isEqualTo("c1");
    }

    @Test
    void raisesUnauthorizedForAWrongKey() throws IOException {
        AnthropicClient stranger = client("nr_0123456789_" + "A".repeat(43) + "_AAAAAA", 0);

        assertRaised(stranger, MODEL, UnauthorizedException.class, 401);
    }

    @Test
    void raisesNotFoundForAnUnknownModel() throws IOException {
        assertRaised(client(key, 0), "no-such", NotFoundException.class, 404);
    }

    @Test
    void triesAgainAsItIsTold() throws IOException {
        upstream.next(FakeUpstream.status(429, "retry-after: 1", ""));
        long begun = System.nanoTime();

        Message answer = client(key, 1).messages().create(question(MODEL).build());

        assertThat(answer.content()).isNotEmpty();
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(900_000_000L);
    }

    @Test
    void raisesWhatBreaksInTheMiddleOfAStream() {
        upstream.always(
                FakeUpstream.events(
                        Completions.chunk(MODEL, "{\"content\":\"a\"}", "null"),
                        "{\"error\":{\"message\":\"x\"}}"));

        AnthropicException raised =
                catchThrowableOfType(
                        AnthropicException.class, () -> streamed(question(MODEL).build()));

        assertThat(raised).isNotNull();
    }

    private static Message streamed(MessageCreateParams params) throws IOException {
        MessageAccumulator all = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream =
                client(key, 0).messages().createStreaming(params)) {
            stream.stream().forEach(all::accumulate);
        }
        return all.message();
    }

    private static String call(int index, String id, String name, String arguments) {
        return ("{\"tool_calls\":[{\"index\":%d,\"id\":\"%s\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}}]}")
                .formatted(index, id, name, arguments);
    }

    private static String more(int index, String arguments) {
        return "{\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":\"%s\"}}]}"
                .formatted(index, arguments);
    }

    private static void assertRaised(
            AnthropicClient client,
            String model,
            Class<? extends AnthropicServiceException> type,
            int status) {
        AnthropicServiceException raised =
                catchThrowableOfType(type, () -> client.messages().create(question(model).build()));

        assertThat(raised).as("what the SDK raises").isExactlyInstanceOf(type);
        assertThat(raised.statusCode()).isEqualTo(status);
        assertThat(raised.headers().values("request-id")).hasSize(1);
    }

    private static MessageCreateParams.Builder question(String model) {
        return MessageCreateParams.builder().model(model).maxTokens(100).addUserMessage("Hello?");
    }

    private static AnthropicClient client(String key, int retries) throws IOException {
        SiteTrust trust = site.trust();
        return AnthropicOkHttpClient.builder()
                .baseUrl(site.inferenceUrl())
                .apiKey(key)
                .sslSocketFactory(trust.context().getSocketFactory())
                .trustManager(trust.manager())
                .maxRetries(retries)
                .build();
    }
}
