package com.neuralrouter.server.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.detect.ShippedDetectors;
import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.Dialects;
import com.neuralrouter.server.dialect.InferenceRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Requests under guardrails: every place where text can stand, and ways to hide it there. */
class GuardedRequestTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CARD = "4111111111111111";

    private final Guardrails guardrails =
            new Guardrails(ShippedDetectors.catalogue(), new GuardrailCounts());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    /v1/chat/completions|"messages":[{"role":"user","content":"pay @"}]|messages[0].content
                    /v1/chat/completions|"messages":[{"role":"user","content":[{"type":"text","text":"pay @"}]}]|messages[0].content[0].text
                    /v1/chat/completions|"messages":[{"role":"system","content":"pay @"},{"role":"user","content":"x"}]|messages[0].content
                    /v1/chat/completions|"messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{\\"c\\":@}"}}]},{"role":"tool","tool_call_id":"1","content":"y"}]|messages[0].tool_calls[0].function.arguments
                    /v1/chat/completions|"messages":[{"role":"tool","tool_call_id":"1","content":"@"}]|messages[0].content
                    /v1/chat/completions|"messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"f","description":"@"}}]|tools[0].function.description
                    /v1/chat/completions|"messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"properties":{"secret":{"const":@}}}}}]|tools[0].function.parameters
                    /v1/chat/completions|"messages":[{"role":"user","content":"x"}],"stop":["@"]|stop[0]
                    /v1/chat/completions|"messages":[{"role":"user","content":"x"}],"user":"@"|user
                    /v1/chat/completions|"messages":[{"role":"user","content":"x"}],"metadata":{"@":"x"}|metadata
                    /v1/messages|"max_tokens":9,"messages":[{"role":"user","content":"x"}],"system":"@"|system
                    /v1/messages|"max_tokens":9,"messages":[{"role":"user","content":"x"}],"system":[{"type":"text","text":"@"}]|system[0].text
                    /v1/messages|"max_tokens":9,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"a":{"b":[@]}}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"x"}]}]|messages[0].content[0].input
                    /v1/messages|"max_tokens":9,"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"@"}]}]}]|messages[0].content[0].content[0].text
                    /v1/responses|"input":"@"|input
                    /v1/responses|"input":"x","instructions":"@"|instructions
                    /v1/responses|"input":[{"type":"function_call_output","call_id":"c","output":"@"}]|input[0].output
                    /v1/completions|"prompt":["x","@"]|prompt[1]
                    /v1/embeddings|"input":["x","@"]|input[1]
                    /v1/moderations|"input":"@"|input
                    /v1/rerank|"query":"@","documents":["d"]|query
                    /v1/rerank|"query":"q","documents":["@"]|documents[0]
                    /v1/images/generations|"prompt":"@"|prompt
                    """)
    void seesEveryTextAndNamesThePlaceOnly(String path, String fields, String place) {
        InferenceRefused refused = refused(path, fields.replace("@", CARD), "payment-card");

        assertThat(refused.code()).isEqualTo(ProblemCode.GUARDRAIL_REFUSED);
        assertThat(refused.detail())
                .isEqualTo(
                        "The guardrail payment-card does not allow what is in the request, at "
                                + place
                                + ".")
                .doesNotContain(CARD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "messages":[{"role":"user","content":"\\u0034\\u0031\\u0031\\u0031 1111 1111 1111"}]
                    "messages":[{"role":"user","content":"４１１１１１１１１１１１１１１１"}]
                    "messages":[{"role":"user","content":"4111\u200b1111\u200b1111\u200b1111"}]
                    "messages":[{"role":"user","content":[{"type":"text","text":"4111 1111"},{"type":"text","text":" 1111 1111"}]}]
                    "messages":[{"role":"user","content":[{"type":"text","text":"41"},{"type":"text","text":"11111"},{"type":"text","text":"1"},{"type":"image_url","image_url":{"url":"https://x.org"}},{"type":"text","text":"11111111"}]}]
                    "messages":[{"role":"user","content":"my card is 4111 1111"},{"role":"user","content":"1111 1111 ok"}]
                    "messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{\\"c\\":\\"\\\\u0034111111111111111\\"}"}}]}]
                    "messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x.org/4111111111111111"}}]}]
                    "messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:text/plain,4111111111111111"}}]}]
                    """)
    void isNotFooledBy(String fields) {
        assertThat(refused("/v1/chat/completions", fields, "pii").detail())
                .contains("payment-card");
    }

    @Test
    void masksWhatIsSplitOverParts() {
        JsonNode sent =
                sent(
                        "/v1/chat/completions",
                        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"pay"
                            + " 4111 1111\"},{\"type\":\"text\",\"text\":\" 1111 1111 now\"}]}]",
                        "pii:mask");

        assertThat(sent.at("/messages/0/content/0/text").asString())
                .isEqualTo("pay [masked:payment-card]");
        assertThat(sent.at("/messages/0/content/1/text").asString()).isEqualTo(" now");
    }

    @Test
    void leavesEverythingElseAsItCame() {
        String fields =
                "\"temperature\":0.10,\"top_p\":1e-2,\"seed\":12345678901,\"messages\":[{\"role\":\"user\","
                    + "\"content\":\"hi\"}],\"x\":{\"big\":123456789012345678901234567890,\"n\":null}";

        byte[] sent = guarded("/v1/chat/completions", fields, "pii:mask", "secrets");

        assertThat(new String(sent, StandardCharsets.UTF_8))
                .isEqualTo("{\"model\":\"m\"," + fields.replace("1e-2", "0.01") + "}");
    }

    @Test
    void keepsArgumentsJson() {
        JsonNode sent =
                sent(
                        "/v1/chat/completions",
                        "\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\","
                            + "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"card\\\":4111111111111111,"
                            + "\\\"to\\\":\\\"a@b.org\\\"}\"}}]}]",
                        "pii:mask");

        JsonNode arguments =
                JSON.readTree(sent.at("/messages/0/tool_calls/0/function/arguments").asString());
        assertThat(arguments.path("card").asString()).isEqualTo("[masked:payment-card]");
        assertThat(arguments.path("to").asString()).isEqualTo("[masked:email]");
    }

    @Test
    void letsTheStricterOfTwoActionsWin() {
        String fields = "\"messages\":[{\"role\":\"user\",\"content\":\"a@b.org\"}]";

        assertThat(sent("/v1/chat/completions", fields, "email:tokenise", "pii:mask").toString())
                .contains("[masked:email]");
        assertThat(refused("/v1/chat/completions", fields, "email", "pii:tokenise").detail())
                .contains("email");
        assertThat(sent("/v1/chat/completions", fields, "email:block@answer").toString())
                .contains("a@b.org");
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThat(refused("/v1/embeddings", "\"input\":[1,2,3]", "pii").detail())
                .contains("tokens in input");
        assertThat(refused("/v1/completions", "\"prompt\":[[1,2]]", "pii").detail())
                .contains("tokens in prompt");
    }

    @Test
    void refusesEverythingUnderAGuardrailThatNobodyHas() {
        assertThat(refused("/v1/embeddings", "\"input\":\"x\"", "no-such-thing:mask").detail())
                .contains("no-such-thing");
    }

    @Test
    void limitsTheTextOfARequest() {
        assertThat(refused("/v1/embeddings", "\"input\":\"12345\"", "request-text:4").detail())
                .contains("at most 4 characters");
        assertThat(sent("/v1/embeddings", "\"input\":\"1234\"", "request-text:4").toString())
                .contains("1234");
    }

    @Test
    void runsASitesOwnPatterns() {
        String fields =
                "\"messages\":[{\"role\":\"user\",\"content\":\"Is Project Falcon late?\"}]";

        assertThat(
                        sent(
                                        "/v1/chat/completions",
                                        fields,
                                        "codenames=/(?i)project (falcon|osprey)/:mask")
                                .toString())
                .contains("Is [masked:codenames] late?");
        assertThat(refused("/v1/chat/completions", fields, "codenames=/Falcon/").detail())
                .contains("codenames");
    }

    @Test
    void refusesASchemaThatItCannotCheck() {
        for (String schema :
                List.of(
                        "{\"$ref\":\"http://127.0.0.1/x.json\"}",
                        "{\"$ref\":\"classpath:x\"}",
                        "{\"$ref\":\"#\"}",
                        "{\"type\":\"string\",\"pattern\":\"(?=a)b\"}",
                        "{\"type\":\"number\",\"multipleOf\":1e-999999999}",
                        "{\"type\":\"number\",\"enum\":[1e999999999]}")) {
            String fields =
                    "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":{\"type\":"
                        + "\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":"
                            + schema
                            + "}}";

            assertThat(refused("/v1/chat/completions", fields, "schema").detail())
                    .as(schema)
                    .contains("cannot check the request's schema");
        }
    }

    @Test
    void refusesANumberThatCannotBeWrittenAgain() {
        String fields = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"x\":1e99999999999";

        assertThat(refused("/v1/chat/completions", fields, "payment-card").code())
                .isEqualTo(ProblemCode.MALFORMED_REQUEST);
    }

    @Test
    void costsNothingWhereNothingIsNamed() {
        assertThat(guardrails.begin(Set.of(), Operation.EMBEDDINGS, new RequestId(new UUID(1, 2))))
                .isNull();
    }

    private InferenceRefused refused(String path, String fields, String... names) {
        InferenceRefused refused =
                catchThrowableOfType(InferenceRefused.class, () -> guarded(path, fields, names));
        assertThat(refused).as(path + " with " + fields).isNotNull();
        return refused;
    }

    private JsonNode sent(String path, String fields, String... names) {
        return JSON.readTree(guarded(path, fields, names));
    }

    private byte[] guarded(String path, String fields, String... names) {
        Dialect dialect = Dialects.all().at(path).orElseThrow();
        byte[] body = ("{\"model\":\"m\"," + fields + "}").getBytes(StandardCharsets.UTF_8);
        GuardedExchange exchange =
                guardrails.begin(Set.of(names), dialect.operation(), new RequestId(new UUID(1, 2)));
        return exchange.request(dialect, dialect.read("application/json", body)).content();
    }
}
