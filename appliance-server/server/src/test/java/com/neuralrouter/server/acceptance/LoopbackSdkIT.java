package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.BadRequestException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** An installation without a model, tried out with the SDK that an app has. */
class LoopbackSdkIT {
    private static final String MODEL = "demo-chat";

    @TempDir private static Path folder;
    private static RunningSite site;
    private static String key;

    @BeforeAll
    static void start() throws IOException {
        site = RunningSite.start(folder.resolve("site"));
        key = site.openFor(MODEL);
    }

    @AfterAll
    static void stop() throws IOException {
        site.close();
    }

    @Test
    void answersAnthropicsMessages() throws IOException {
        Message answer = anthropic().messages().create(message(100).build());

        assertThat(answer.content().getFirst().asText().text()).startsWith("Loopback: ");
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        assertThat(answer.usage().inputTokens()).isEqualTo(2);
    }

    @Test
    void streamsAnthropicsMessagesAndStopsAtTheLimit() throws IOException {
        MessageAccumulator all = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream =
                anthropic().messages().createStreaming(message(3).build())) {
            stream.stream().forEach(all::accumulate);
        }

        assertThat(all.message().content().getFirst().asText().text()).isEqualTo("Loopback: this ");
        assertThat(all.message().stopReason()).contains(StopReason.MAX_TOKENS);
        assertThat(all.message().usage().outputTokens()).isEqualTo(3);
    }

    @Test
    void refusesWhatItCannotDoAsAnthropicWould() throws IOException {
        AnthropicClient client = anthropic();

        var refused =
                catchThrowableOfType(
                        BadRequestException.class,
                        () -> client.messages().create(message(9).addStopSequence("x").build()));

        assertThat(refused.getMessage()).contains("the loopback cannot do this: stop sequences");
    }

    @Test
    void answersOpenAisResponses() throws IOException {
        SiteTrust trust = site.trust();
        Response answer =
                OpenAIOkHttpClient.builder()
                        .baseUrl(site.inferenceUrl() + "/v1")
                        .apiKey(key)
                        .sslSocketFactory(trust.context().getSocketFactory())
                        .trustManager(trust.manager())
                        .build()
                        .responses()
                        .create(
                                ResponseCreateParams.builder()
                                        .model(MODEL)
                                        .input("Hello?")
                                        .build());

        assertThat(answer.status()).contains(ResponseStatus.COMPLETED);
        assertThat(
                        answer.output()
                                .getFirst()
                                .asMessage()
                                .content()
                                .getFirst()
                                .asOutputText()
                                .text())
                .startsWith("Loopback: ");
    }

    private static MessageCreateParams.Builder message(long most) {
        return MessageCreateParams.builder().model(MODEL).maxTokens(most).addUserMessage("Hello?");
    }

    private static AnthropicClient anthropic() throws IOException {
        SiteTrust trust = site.trust();
        return AnthropicOkHttpClient.builder()
                .baseUrl(site.inferenceUrl())
                .apiKey(key)
                .sslSocketFactory(trust.context().getSocketFactory())
                .trustManager(trust.manager())
                .maxRetries(0)
                .build();
    }
}
