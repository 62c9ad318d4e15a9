package com.neuralrouter.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.neuralrouter.contract.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

class OpenAiChatTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private final OpenAiChat dialect = OpenAiChat.chat();
    private final JsonMapper mapper = JsonMapper.builder().build();

    @Test
    void readsWhatTheApplianceActsOn() {
        ChatRequest request =
                read("{\"model\":\"m\",\"stream\":true,\"max_tokens\":5," + MESSAGES + "}");

        assertThat(request.model()).isEqualTo("m");
        assertThat(request.stream()).isTrue();
        assertThat(request.outputTokens()).isEqualTo(5);
    }

    @Test
    void countsTheLargerOfTheTwoFieldsThatLimitTheOutput() {
        ChatRequest request =
                read(
                        "{\"model\":\"m\",\"max_completion_tokens\":9,\"max_tokens\":5,"
                                + MESSAGES
                                + "}");

        assertThat(request.outputTokens()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"prompt\":\"once\"                                  | 1",
                "\"prompt\":[\"once\",\"twice\"]                      | 2",
                "\"prompt\":[1,2,3],\"n\":4                           | 4",
                "\"n\":2,\"prompt\":[[1,2],[3]],\"best_of\":5         | 10",
                "\"prompt\":[],\"n\":null                             | 1",
                "\"prompt\":[\"a\",\"b\",\"c\"],\"n\":1000000000      | 2147483647"
            })
    void countsTheAnswersThatItWantsToEachPrompt(String fields, int answers) {
        InferenceRequest request =
                OpenAiChat.completions()
                        .read("application/json", utf8("{\"model\":\"m\"," + fields + "}"));

        assertThat(request.choices()).isEqualTo(answers);
    }

    @Test
    void sendsTheSameBytesWhereThereIsNothingToReplace() {
        byte[] body = utf8("{\"model\":\"m\"," + MESSAGES + "}");

        assertThat(read(body).forUpstream("m", OptionalInt.empty())).isSameAs(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"m\",%s}",
                "{%s,\"model\" : \"m\"}",
                " {\n\t\"model\"\r\n:\n\"m\" , %s }\n",
                "{\"mod\\u0065l\":\"\\u006d\",%s}",
                "{\"x\":\"\u00e4\u20ac\ud83d\ude00\",\"model\":\"m\",%s,\"y\":\"\\ud83d\\ude00\"}",
                "{\"model\":\"m\",\"a\":{\"model\":\"inner\"},%s}",
            })
    void replacesTheModelAndNothingElse(String template) {
        byte[] body = utf8(template.formatted(MESSAGES));

        byte[] sent = read(body).forUpstream("there/\"q\" \u00e4", OptionalInt.empty());

        var expected = (tools.jackson.databind.node.ObjectNode) mapper.readTree(body);
        expected.put("model", "there/\"q\" \u00e4");
        assertThat(mapper.readTree(sent)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "none",
            value = {
                "none",
                "null",
                "{}",
                "{ }",
                "{\"include_usage\":false}",
                "{\"include_usage\":null}",
                "{\"include_usage\":true}",
                "{\"a\":1}",
                "{\"a\":{\"include_usage\":false},\"include_usage\" : false , \"b\":[]}"
            })
    void asksForTheUsageOfEveryStream(String options) {
        String field = options == null ? "" : "\"stream_options\":" + options + ",";
        ChatRequest request =
                read("{" + field + "\"model\":\"m\",\"stream\":true," + MESSAGES + "}");

        JsonNode sent = mapper.readTree(request.forUpstream("other", OptionalInt.empty()));

        assertThat(sent.at("/stream_options/include_usage").asBoolean()).isTrue();
        assertThat(sent.at("/model").asString()).isEqualTo("other");
        assertThat(request.usage() == ChatRequest.Usage.WANTED)
                .isEqualTo("{\"include_usage\":true}".equals(options));
    }

    @Test
    void asksForNoUsageWhereThereIsNoStream() {
        JsonNode sent = sent("{\"model\":\"m\"," + MESSAGES + "}", OptionalInt.empty());

        assertThat(sent.has("stream_options")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"max_tokens\":null,", "\"max_completion_tokens\":null,"})
    void capsTheOutputOfARequestThatLeavesItOpen(String field) {
        JsonNode sent = sent("{" + field + "\"model\":\"m\"," + MESSAGES + "}", OptionalInt.of(7));

        assertThat(sent.at("/max_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void leavesTheNumberOfARequestThatNamesOne() {
        JsonNode sent =
                sent("{\"max_tokens\":3,\"model\":\"m\"," + MESSAGES + "}", OptionalInt.of(7));

        assertThat(sent.at("/max_tokens").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model | {M}",
                "model | {\"model\":1,M}",
                "model | {\"model\":null,M}",
                "model | {\"model\":\"\",M}",
                "model | {\"model\":[\"m\"],M}",
                "model | {\"model\":\"m\",\"Model\":\"x\",M}",
                "model | {\"MODEL\":\"m\",M}",
                "messages | {\"model\":\"m\"}",
                "messages | {\"model\":\"m\",\"messages\":\"hi\"}",
                "messages | {\"model\":\"m\",\"messages\":[]}",
                "messages | {\"model\":\"m\",M,\"Messages\":[]}",
                "messages[1] | {\"model\":\"m\",\"messages\":[{},\"hi\"]}",
                "stream | {\"model\":\"m\",\"stream\":\"true\",M}",
                "stream | {\"model\":\"m\",\"stream\":1,M}",
                "stream | {\"model\":\"m\",\"\u017ftream\":true,M}",
                "stream_options | {\"model\":\"m\",\"stream_options\":true,M}",
                "stream_options.include_usage"
                        + " | {\"model\":\"m\",\"stream_options\":{\"include_usage\":1},M}",
                "include_usage | {\"model\":\"m\",\"stream_options\":{\"Include_Usage\":true},M}",
                "max_tokens | {\"model\":\"m\",\"max_tokens\":\"5\",M}",
                "max_tokens | {\"model\":\"m\",\"max_tokens\":5.0,M}",
                "max_tokens | {\"model\":\"m\",\"max_tokens\":0,M}",
                "max_tokens | {\"model\":\"m\",\"max_tokens\":-1,M}",
                "max_tokens | {\"model\":\"m\",\"max_tokens\":4294967297,M}",
                "max_tokens | {\"model\":\"m\",\"Max_Tokens\":5,M}",
                "max_completion_tokens | {\"model\":\"m\",\"max_completion_tokens\":{},M}",
                "temperature | {\"model\":\"m\",\"temperature\":\"hot\",M}",
                "temperature | {\"model\":\"m\",\"temperature\":1e999,M}",
                "temperature | {\"model\":\"m\",\"temperature\":12345678901234567890,M}",
                "n | {\"model\":\"m\",\"n\":1.5,M}",
                "tools | {\"model\":\"m\",\"tools\":{},M}"
            })
    void namesTheFieldThatCannotBeUsed(String field, String template) {
        assertThatExceptionOfType(InferenceRefused.class)
                .isThrownBy(() -> read(template.replace("M}", MESSAGES + "}").replace(",M", "")))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(ProblemCode.INVALID_FIELD);
                    assertThat(refused.field()).isEqualTo(field);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "null",
                "[]",
                "\"model\"",
                "{",
                "{\"model\":\"m\",M",
                "{\"model\":\"m\",M}}",
                "{\"model\":\"m\",M} {}",
                "{\"model\":\"m\",M}x",
                "{\"model\":\"m\",M,}",
                "{'model':\"m\",M}",
                "{\"model\":\"m\",M /* c */}",
                "{\"model\":\"m\",M,\"x\":NaN}",
                "{\"model\":\"m\",M,\"x\":01}",
                "{\"model\":\"m\",\"model\":\"m\",M}",
                "{\"model\":\"m\",\"mod\\u0065l\":\"n\",M}",
                "{\"model\":\"m\",M,\"a\":{\"b\":1,\"b\":2}}",
                "{\"model\":\"m\",M,\"a\":\"\\ud800\"}",
                "{\"model\":\"m\",M,\"a\":\"\\udc00\\ud800\"}",
                "{\"model\":\"m\",M,\"\\ud800x\":1}",
                "\ufeff{\"model\":\"m\",M}",
            })
    void refusesWhatIsNoUnambiguousJsonObject(String template) {
        assertMalformed(utf8(template.replace("M", MESSAGES)));
    }

    @Test
    void refusesOtherEncodings() {
        String text = "{\"model\":\"m\"," + MESSAGES + "}";

        assertMalformed(text.getBytes(StandardCharsets.UTF_16LE));
        assertMalformed(text.getBytes(StandardCharsets.UTF_16BE));
        assertMalformed(text.getBytes(StandardCharsets.UTF_16));
        assertMalformed(text.replace("hi", "\u00e4").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void refusesABodyThatIsNestedTooDeep() {
        String deep = "[".repeat(100_000);

        assertMalformed(utf8("{\"model\":\"m\"," + MESSAGES + ",\"x\":" + deep));
    }

    @Test
    void quotesNothingOfTheBodyInItsRefusals() {
        assertThatExceptionOfType(InferenceRefused.class)
                .isThrownBy(() -> read("{\"model\":\"m\",\"secret\":1,\"secret\":2," + MESSAGES))
                .satisfies(refused -> assertThat(refused.detail()).doesNotContain("secret"));
    }

    @Test
    void showsNoContentInItsText() {
        assertThat(read("{\"model\":\"m\"," + MESSAGES + "}").toString())
                .contains("redacted")
                .doesNotContain("hi");
    }

    private void assertMalformed(byte[] body) {
        assertThatExceptionOfType(InferenceRefused.class)
                .isThrownBy(() -> read(body))
                .satisfies(refused ->
                        assertThat(refused.code()).isEqualTo(ProblemCode.MALFORMED_REQUEST));
    }

    private JsonNode sent(String body, OptionalInt cap) {
        return mapper.readTree(read(body).forUpstream("other", cap));
    }

    private ChatRequest read(String body) {
        return read(utf8(body));
    }

    private ChatRequest read(byte[] body) {
        return (ChatRequest) dialect.read("application/json", body);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
