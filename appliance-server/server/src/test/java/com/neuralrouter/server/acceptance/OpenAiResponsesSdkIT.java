package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.provider.FakeUpstream;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What OpenAI's SDK for Java does beside chats, through the appliance: responses from a provider of
 * chats, embeddings, trying again, leaving.
 */
class OpenAiResponsesSdkIT extends SiteOfOneModel {
    /** What an answer must fit. */
    @SuppressWarnings("unused")
    static final class Town {
        public String name = "";
    }

    @Test
    void getsAResponse() throws IOException {
        Response response = client(0).responses().create(question().build());

        assertThat(text(response)).isEqualTo("Good morning.");
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
        assertThat(response.usage())
                .hasValueSatisfying(usage -> assertThat(usage.totalTokens()).isEqualTo(12));
    }

    @Test
    void streamsAResponse() throws IOException {
        assertThat(text(streamed(question().build()))).isEqualTo("Good morning.");
    }

    @Test
    void streamsTheCallOfATool() throws IOException {
        upstream.always(
                FakeUpstream.events(
                        Completions.chunk(
                                MODEL,
                                "{\"tool_calls\":[{\"index\":0,\"id\":\"c0\",\"type\":\"function\","
                                        + "\"function\":{\"name\":\"weather\","
                                        + "\"arguments\":\"{\\\"a\\\":\"}}]}",
                                "null"),
                        Completions.chunk(
                                MODEL,
                                "{\"tool_calls\":[{\"index\":0,"
                                        + "\"function\":{\"arguments\":\"1}\"}}]}",
                                "null"),
                        Completions.chunk(MODEL, "{}", "\"tool_calls\""),
                        "[DONE]"));

        Response response =
                streamed(
                        question()
                                .addTool(
                                        FunctionTool.builder()
                                                .name("weather")
                                                .parameters(
                                                        FunctionTool.Parameters.builder().build())
                                                .strict(false)
                                                .build())
                                .build());

        var call = response.output().getFirst().asFunctionCall();
        assertThat(call.callId()).isEqualTo("c0");
        assertThat(call.name()).isEqualTo("weather");
        assertThat(call.arguments()).isEqualTo("{\"a\":1}");
    }

    @Test
    void getsAnAnswerThatFitsASchema() throws IOException {
        upstream.always(FakeUpstream.json(Completions.whole(MODEL, "{\"name\":\"Bern\"}")));

        var response = client(0).responses().create(question().text(Town.class).build());

        var content = response.output().getFirst().asMessage().content().getFirst();
        assertThat(content.asOutputText().name).isEqualTo("Bern");
        assertThat(upstream.requests().getLast().text())
                .contains("\"response_format\":{\"type\":\"json_schema\"");
    }

    @Test
    void getsEmbeddingsInBase64() throws IOException {
        byte[] vector =
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(0.5f)
                        .putFloat(-2)
                        .array();
        upstream.always(
                FakeUpstream.json(
                        "{\"object\":\"list\",\"model\":\"m\",\"data\":[{\"object\":\"embedding\","
                                + "\"index\":0,\"embedding\":\""
                                + Base64.getEncoder().encodeToString(vector)
                                + "\"}],\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}"));

        var answer =
                client(0)
                        .embeddings()
                        .create(EmbeddingCreateParams.builder().model(MODEL).input("x").build());

        assertThat(answer.data().getFirst().embedding()).containsExactly(0.5f, -2f);
        assertThat(upstream.requests().getLast().text()).contains("\"encoding_format\":\"base64\"");
    }

    @Test
    void triesAgainAsItIsTold() throws IOException {
        upstream.next(FakeUpstream.status(429, "retry-after: 1", ""));
        long begun = System.nanoTime();

        Response response = client(1).responses().create(question().build());

        assertThat(text(response)).isNotEmpty();
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(900_000_000L);
    }

    @Test
    void leavesInTheMiddleOfAStreamAndTheProviderIsLeftToo() throws Exception {
        var left = new CountDownLatch(1);
        upstream.always(x -> {
            x.write(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                            + "transfer-encoding: chunked\r\n\r\n");
            x.chunk("data: " + Completions.chunk(MODEL, "{\"content\":\"a\"}", "null") + "\n\n");
            try {
                while (true) {
                    x.chunk(
                            "data: "
                                    + Completions.chunk(MODEL, "{\"content\":\"b\"}", "null")
                                    + "\n\n");
                    x.pause(50);
                }
            } finally {
                left.countDown();
            }
        });

        try (StreamResponse<ResponseStreamEvent> stream =
                client(0).responses().createStreaming(question().build())) {
            assertThat(stream.stream().limit(3)).hasSize(3);
        }

        assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static Response streamed(ResponseCreateParams params) throws IOException {
        ResponseAccumulator all = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> stream =
                client(0).responses().createStreaming(params)) {
            stream.stream().forEach(all::accumulate);
        }
        return all.response();
    }

    private static String text(Response response) {
        return response.output().getFirst().asMessage().content().getFirst().asOutputText().text();
    }

    private static ResponseCreateParams.Builder question() {
        return ResponseCreateParams.builder().model(MODEL).input("Hello?");
    }

    private static OpenAIClient client(int retries) throws IOException {
        SiteTrust trust = site.trust();
        return OpenAIOkHttpClient.builder()
                .baseUrl(site.inferenceUrl() + "/v1")
                .apiKey(key)
                .sslSocketFactory(trust.context().getSocketFactory())
                .trustManager(trust.manager())
                .maxRetries(retries)
                .build();
    }
}
