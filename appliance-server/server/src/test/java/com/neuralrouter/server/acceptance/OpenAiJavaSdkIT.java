package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.neuralrouter.server.provider.FakeUpstream;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.stream.Collectors;

/**
 * The official OpenAI SDK for Java ({@code com.openai:openai-java}), as it is published, does
 * through the appliance what it does with OpenAI; all it is given is the address, the key and the
 * site's CA.
 */
class OpenAiJavaSdkIT extends SiteOfOneModel {
    @Test
    void completesAChat() throws IOException {
        ChatCompletion answer = client(key).chat().completions().create(question(MODEL));

        assertThat(answer.choices().getFirst().message().content()).contains("Good morning.");
        assertThat(answer.usage())
                .hasValueSatisfying(usage -> assertThat(usage.totalTokens()).isEqualTo(12));
    }

    @Test
    void streamsAChat() throws IOException {
        try (StreamResponse<ChatCompletionChunk> stream =
                client(key).chat().completions().createStreaming(question(MODEL))) {
            assertThat(
                            stream.stream()
                                    .flatMap(chunk -> chunk.choices().stream())
                                    .flatMap(choice -> choice.delta().content().stream())
                                    .toList())
                    .containsExactly("Good ", "morning", ".");
        }
    }

    @Test
    void listsTheModels() throws IOException {
        String models =
                client(key).models().list().data().stream()
                        .map(Model::id)
                        .collect(Collectors.joining());

        assertThat(models).isEqualTo(MODEL);
    }

    @Test
    void retrievesAModel() throws IOException {
        assertThat(client(key).models().retrieve(MODEL).id()).isEqualTo(MODEL);
    }

    @Test
    void raisesUnauthorizedForAWrongKey() throws IOException {
        OpenAIClient stranger = client("nr_0123456789_" + "A".repeat(43) + "_AAAAAA");

        assertRefused(stranger, MODEL, UnauthorizedException.class, 401, "invalid_api_key");
    }

    @Test
    void raisesNotFoundForAnUnknownModel() throws IOException {
        assertRefused(client(key), "no-such", NotFoundException.class, 404, "model_not_found");
    }

    @Test
    void raisesInternalServerErrorForADeadUpstream() throws IOException {
        upstream.always(FakeUpstream.Exchange::reset);

        assertRefused(client(key), MODEL, InternalServerException.class, 502, "upstream_failed");
    }

    @Test
    void raisesInternalServerErrorForADeadUpstreamOfAStreamThatHadNotBegun() throws IOException {
        upstream.always(FakeUpstream.Exchange::reset);

        InternalServerException raised =
                catchThrowableOfType(
                        InternalServerException.class,
                        () -> client(key).chat().completions().createStreaming(question(MODEL)));

        assertThat(raised.statusCode()).isEqualTo(502);
    }

    private static void assertRefused(
            OpenAIClient client,
            String model,
            Class<? extends OpenAIServiceException> type,
            int status,
            String code) {
        OpenAIServiceException raised =
                catchThrowableOfType(
                        type, () -> client.chat().completions().create(question(model)));

        assertThat(raised).as("what the SDK raises").isExactlyInstanceOf(type);
        assertThat(raised.statusCode()).isEqualTo(status);
        assertThat(raised.code()).contains(code);
        assertThat(raised.getMessage())
                .contains(raised.headers().values("x-request-id").getFirst());
    }

    private static ChatCompletionCreateParams question(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello?").build();
    }

    private static OpenAIClient client(String key) throws IOException {
        SiteTrust trust = site.trust();
        return OpenAIOkHttpClient.builder()
                .baseUrl(site.inferenceUrl() + "/v1")
                .apiKey(key)
                .sslSocketFactory(trust.context().getSocketFactory())
                .trustManager(trust.manager())
                .maxRetries(0)
                .build();
    }
}
