package com.neuralrouter.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.chat.Replies;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.provider.Payload;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.OptionalInt;

/** What the operations beside chat completions read, pass on and answer. */
class DialectsTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/completions | \"prompt\":\"hi\"",
                "/v1/embeddings | \"input\":[\"hi\"],\"encoding_format\":\"base64\"",
                "/v1/moderations | \"input\":\"hi\"",
                "/v1/images/generations | \"prompt\":\"hi\"",
                "/v1/rerank | \"query\":\"q\",\"documents\":[\"a\"]",
                "/v2/rerank | \"query\":\"q\",\"documents\":[\"a\"]",
                "/v1/responses | \"input\":\"hi\",\"instructions\":\"be brief\"",
                "/v1/messages | \"max_tokens\":5,\"system\":\"x\",MESSAGES"
            })
    void passOnTheBytesThatCameWithTheProvidersModel(String path, String members) {
        String body = "{ \"model\" : \"m\", %s }".formatted(members.replace("MESSAGES", MESSAGES));

        InferenceRequest request = read(path, body);

        assertThat(sent(request, OptionalInt.empty()))
                .isEqualTo(body.replace("\"m\"", "\"there\""));
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.stream()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model | /v1/embeddings | \"input\":\"x\"",
                "input | /v1/embeddings | \"model\":\"m\"",
                "input | /v1/embeddings | \"model\":\"m\",\"input\":null",
                "input | /v1/embeddings | \"model\":\"m\",\"input\":\"x\",\"Input\":\"y\"",
                "stream | /v1/embeddings | \"model\":\"m\",\"input\":\"x\",\"stream\":true",
                "documents | /v1/rerank | \"model\":\"m\",\"query\":\"x\"",
                "prompt | /v1/completions | \"model\":\"m\"",
                "messages | /v1/completions | \"model\":\"m\",\"prompt\":\"x\",\"Messages\":1",
                "max_tokens | /v1/messages | \"model\":\"m\",MESSAGES",
                "max_tokens | /v1/messages | \"model\":\"m\",\"max_tokens\":null,MESSAGES",
                "messages | /v1/messages | \"model\":\"m\",\"max_tokens\":5",
                "system | /v1/messages |"
                        + " \"model\":\"m\",\"max_tokens\":5,\"System\":\"x\",MESSAGES",
                "input | /v1/responses | \"model\":\"m\"",
                "input | /v1/responses | \"model\":\"m\",\"input\":[]",
                "background | /v1/responses | \"model\":\"m\",\"input\":\"x\",\"background\":true",
                "max_output_tokens | /v1/responses"
                        + " | \"model\":\"m\",\"input\":\"x\",\"max_output_tokens\":0"
            })
    void nameTheFieldThatCannotBeUsed(String field, String path, String members) {
        assertThatExceptionOfType(InferenceRefused.class)
                .isThrownBy(() -> read(path, "{" + members.replace("MESSAGES", MESSAGES) + "}"))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``",
                ",\"max_output_tokens\":null",
            })
    void capAResponseThatLeavesItOpen(String more) {
        InferenceRequest request =
                read("/v1/responses", "{\"model\":\"m\",\"input\":\"x\"" + more + "}");

        assertThat(Replies.json(sent(request, OptionalInt.of(7))).path("max_output_tokens").asInt())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/chat/completions | {\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"https://x.test/a\"}}]}"
                        + " | {\"type\":\"function\",\"function\":{\"name\":\"f\"}}",
                "/v1/messages |"
                        + " {\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{}}]} |"
                        + " {\"input_schema\":{\"name\":1},\"name\":\"f\"}",
                "/v1/responses | {\"role\":\"user\",\"content\":[{\"type\":\"input_image\"}]}"
                        + " | {\"type\":\"f\"}"
            })
    void tellWhichToolsAreOfferedAndThatThereAreImages(String path, String message, String tool) {
        String prompt = path.equals("/v1/responses") ? "input" : "messages";

        InferenceRequest request =
                read(
                        path,
                        "{\"model\":\"m\",\"max_tokens\":5,\"%s\":[%s],\"tools\":[%s]}"
                                .formatted(prompt, message, tool));

        assertThat(request.tools()).containsExactly("f");
        assertThat(request.images()).isTrue();
    }

    @Test
    void writeErrorsAsAnthropicDoes() {
        ApiErrors errors = dialect("/v1/messages").errors();
        var id = new Ids(Clock.systemUTC()).nextRequest();

        JsonNode body =
                Replies.json(
                        new String(
                                errors.body(ProblemCode.NO_ROUTE, "Nobody.", id),
                                StandardCharsets.UTF_8));

        assertThat(body.path("type").asString()).isEqualTo("error");
        assertThat(body.at("/error/type").asString()).isEqualTo("overloaded_error");
        assertThat(body.at("/error/message").asString()).isEqualTo("Nobody.");
        assertThat(body.path("request_id").asString()).isEqualTo(id.toString());
        assertThat(errors.status(ProblemCode.NO_ROUTE)).isEqualTo(529);
        assertThat(errors.status(ProblemCode.CREDENTIAL_REFUSED)).isEqualTo(401);
    }

    @Test
    void writeErrorsAsCohereDoes() {
        ApiErrors errors = dialect("/v2/rerank").errors();
        var id = new Ids(Clock.systemUTC()).nextRequest();

        String body =
                new String(
                        errors.body(ProblemCode.NO_ROUTE, "Nobody.", id), StandardCharsets.UTF_8);

        assertThat(body).isEqualTo("{\"id\":\"" + id + "\",\"message\":\"Nobody.\"}");
        assertThat(Dialects.all().errors("/v2/rerank")).hasSameClassAs(errors);
    }

    @Test
    void showNoContentInTheirText() {
        assertThat(read("/v1/embeddings", "{\"model\":\"m\",\"input\":\"hush\"}").toString())
                .doesNotContain("hush");
        assertThat(read("/v1/responses", "{\"model\":\"m\",\"input\":\"hush\"}").toString())
                .doesNotContain("hush");
    }

    private static String sent(InferenceRequest request, OptionalInt cap) {
        Payload.Verbatim payload = request.verbatim("there", cap);
        return new String(payload.body(), StandardCharsets.UTF_8);
    }

    private static InferenceRequest read(String path, String body) {
        return dialect(path).read("application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static Dialect dialect(String path) {
        return Dialects.all().at(path).orElseThrow();
    }
}
