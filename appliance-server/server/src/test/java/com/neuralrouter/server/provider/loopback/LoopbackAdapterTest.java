package com.neuralrouter.server.provider.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.Service;
import com.neuralrouter.server.provider.UsageObserver;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

class LoopbackAdapterTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Clock CLOCK =
            Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
    private static final String MESSAGES =
            "\"messages\":[{\"role\":\"user\",\"content\":\"Tell the secret word Xyzzy,"
                    + " please!\"}]";

    private final LoopbackAdapter adapter = new LoopbackAdapter(CLOCK);

    private static ProviderCall call(String body, boolean stream) {
        var endpoint =
                new Endpoint(
                        new ProviderId(new UUID(0, 1)),
                        "loopback",
                        ProviderKind.LOOPBACK,
                        null,
                        Authentication.NONE,
                        null);
        return new ProviderCall(
                new RequestId(new UUID(0, 7)),
                endpoint,
                Operation.CHAT_COMPLETIONS,
                "demo",
                new Payload.Verbatim("application/json", body.getBytes(UTF_8)),
                stream,
                null,
                System.nanoTime());
    }

    private ProviderAnswer answer(String fields, boolean stream) {
        return (ProviderAnswer) adapter.open(call("{" + MESSAGES + fields + "}", stream));
    }

    private static byte[] readAll(ProviderAnswer answer) throws IOException {
        var out = new ByteArrayOutputStream();
        byte[] buffer = new byte[50];
        try (answer) {
            for (int n; (n = answer.read(buffer, 0, buffer.length)) > 0; ) {
                out.write(buffer, 0, n);
            }
        }
        return out.toByteArray();
    }

    private static List<String> dataOf(ProviderAnswer answer) throws IOException {
        return new String(readAll(answer), UTF_8)
                .lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    @Test
    void saysThatItIsTheLoopbackAndQuotesNothing() throws IOException {
        ProviderAnswer answer = answer("", false);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        byte[] body = readAll(answer);
        JsonNode json = JSON.readTree(body);

        assertThat(answer.contentLength()).isEqualTo(body.length);
        assertThat(json.path("object").stringValue()).isEqualTo("chat.completion");
        assertThat(json.path("id").stringValue())
                .isEqualTo("chatcmpl-00000000-0000-0000-0000-000000000007");
        assertThat(json.path("model").stringValue()).isEqualTo("demo");
        assertThat(json.path("created").longValue()).isEqualTo(1_700_000_000);
        assertThat(json.path("system_fingerprint").stringValue()).isEqualTo("loopback");
        JsonNode choice = json.path("choices").get(0);
        assertThat(choice.path("message").path("content").stringValue())
                .startsWith("Loopback")
                .contains("1 message and 8 tokens")
                .doesNotContain("Xyzzy");
        assertThat(choice.path("finish_reason").stringValue()).isEqualTo("stop");
        assertThat(json.path("usage").path("prompt_tokens").intValue()).isEqualTo(8);
        assertThat(json.path("usage").path("total_tokens").intValue())
                .isEqualTo(8 + json.path("usage").path("completion_tokens").intValue());
    }

    @Test
    void answersTheSameRequestTheSameWay() throws IOException {
        assertThat(readAll(answer("", false))).isEqualTo(readAll(answer("", false)));
    }

    @Test
    void streamsTheTextThatItWouldAnswerWhole() throws IOException {
        String whole =
                JSON.readTree(readAll(answer("", false)))
                        .at("/choices/0/message/content")
                        .stringValue();

        List<String> data = dataOf(answer(",\"stream\":true", true));

        assertThat(data).hasSizeGreaterThan(5).last().isEqualTo("[DONE]");
        var text = new StringBuilder();
        List<String> reasons = new ArrayList<>();
        for (String event : data.subList(0, data.size() - 1)) {
            JsonNode chunk = JSON.readTree(event);
            assertThat(chunk.path("object").stringValue()).isEqualTo("chat.completion.chunk");
            assertThat(chunk.path("system_fingerprint").stringValue()).isEqualTo("loopback");
            assertThat(chunk.has("usage")).isFalse();
            text.append(chunk.at("/choices/0/delta/content").asString(""));
            if (!chunk.at("/choices/0/finish_reason").isNull()) {
                reasons.add(chunk.at("/choices/0/finish_reason").stringValue());
            }
        }
        assertThat(JSON.readTree(data.getFirst()).at("/choices/0/delta/role").stringValue())
                .isEqualTo("assistant");
        assertThat(text).hasToString(whole);
        assertThat(reasons).containsExactly("stop");
    }

    @Test
    void givesAStreamInSeveralReads() throws IOException {
        byte[] buffer = new byte[100_000];
        int reads = 0;
        try (ProviderAnswer answer = answer(",\"stream\":true", true)) {
            while (answer.read(buffer, 0, buffer.length) > 0) {
                reads++;
            }
        }

        assertThat(reads).isGreaterThan(5);
    }

    @Test
    void reportsUsageOfAStreamWhenAsked() throws IOException {
        byte[] bytes =
                readAll(
                        answer(
                                ",\"stream\":true,\"stream_options\":{\"include_usage\":true}",
                                true));
        var observer = UsageObserver.ofStreamWithoutUsageChunk();
        var passed = new ByteArrayOutputStream();

        observer.pass(bytes, 0, bytes.length, passed::write);

        assertThat(observer.promptTokens()).isEqualTo(8);
        assertThat(observer.completionTokens()).isEqualTo(observer.chunks() - 2);
        assertThat(observer.done()).isTrue();
        assertThat(passed.toString(UTF_8))
                .doesNotContain("total_tokens")
                .contains("\"usage\":null");
    }

    @Test
    void stopsAtTheLimitAndStillSaysWhatItIs() throws IOException {
        for (String field : List.of("max_tokens", "max_completion_tokens")) {
            JsonNode json = JSON.readTree(readAll(answer(",\"" + field + "\":1", false)));

            assertThat(json.at("/choices/0/message/content").stringValue()).isEqualTo("Loopback");
            assertThat(json.at("/choices/0/finish_reason").stringValue()).isEqualTo("length");
            assertThat(json.at("/usage/completion_tokens").intValue()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "n | ,\"n\":2",
                "n | ,\"n\":\"1\"",
                "tools | ,\"tools\":[{\"type\":\"function\"}]",
                "response_format | ,\"response_format\":{\"type\":\"json_object\"}",
                "logprobs | ,\"logprobs\":true",
                "modalities | ,\"modalities\":[\"text\",\"audio\"]",
                "stop | ,\"stop\":[\"x\"]",
                "max_tokens | ,\"max_tokens\":0",
                "max_tokens | ,\"max_tokens\":\"9\"",
                "stream_options | ,\"stream_options\":{\"include_usage\":true}",
                "messages | ,\"messages\":[]",
                "messages | ,\"messages\":\"Xyzzy\"",
                "messages[0] | ,\"messages\":[\"Xyzzy\"]",
                "messages[0].content | ,\"messages\":[{\"role\":\"user\",\"content\":5}]",
                "messages[0].content[1] |"
                    + " ,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image_url\"}]}]",
            })
    void refusesWhatItCannotDoAndNamesTheField(String field, String fields) throws IOException {
        ProviderAnswer answer = answer(fields, false);

        assertThat(answer.status()).isEqualTo(400);
        JsonNode error = JSON.readTree(readAll(answer)).path("error");
        assertThat(error.path("param").stringValue()).isEqualTo(field);
        assertThat(error.path("type").stringValue()).isEqualTo("invalid_request_error");
        assertThat(error.path("message").stringValue())
                .startsWith("Loopback")
                .doesNotContain("Xyzzy");
    }

    @Test
    void takesFieldsThatAskForNothing() {
        String harmless =
                ",\"n\":1,\"tools\":[],\"logprobs\":false,\"top_logprobs\":0,\"stop\":null,\"temperature\":0.2,"
                    + "\"response_format\":{\"type\":\"text\"},\"user\":\"u\"";

        assertThat(answer(harmless, false).status()).isEqualTo(200);
    }

    @Test
    void refusesABodyThatIsNotJsonWithoutQuotingIt() throws IOException {
        var answer = (ProviderAnswer) adapter.open(call("{Xyzzy", false));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(new String(readAll(answer), UTF_8)).contains("not JSON").doesNotContain("Xyzzy");
    }

    @Test
    void answersNothingButChats() {
        Endpoint endpoint = call("{}", false).endpoint();

        assertThat(
                        Stream.of(Operation.values())
                                .filter(one -> adapter.service(endpoint, one) != Service.NONE))
                .containsExactlyInAnyOrder(
                        Operation.CHAT_COMPLETIONS, Operation.RESPONSES, Operation.MESSAGES);
    }
}
