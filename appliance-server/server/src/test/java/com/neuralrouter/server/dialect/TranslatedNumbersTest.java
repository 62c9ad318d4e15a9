package com.neuralrouter.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.chat.openai.OpenAiConversationWriter;
import com.neuralrouter.server.chat.openai.OpenAiConversationWriter.Server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.OptionalInt;

/** Numbers that a binary fraction of 64 bits would make others of, in requests of each format. */
class TranslatedNumbersTest {
    private static final String NUMBERS = "[1.50000000000000000000001,1E+400,0.30]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    /v1/chat/completions|"messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"enum":@}}}]
                    /v1/responses|"input":"x","tools":[{"type":"function","name":"f","parameters":{"enum":@}}]
                    /v1/messages|"max_tokens":9,"messages":[{"role":"user","content":"x"}],"tools":[{"name":"f","input_schema":{"enum":@}}]
                    """)
    void areSentAsTheAppWroteThem(String path, String fields) {
        InferenceRequest request = read(path, fields.replace("@", NUMBERS));

        assertThat(
                        new OpenAiConversationWriter(Server.COMPATIBLE)
                                .write(
                                        request.translated(OptionalInt.empty()).conversation(),
                                        "there")
                                .toString())
                .contains("\"enum\":" + NUMBERS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    seed|/v1/chat/completions|"seed":1e999,"messages":[{"role":"user","content":"x"}]
                    thinking.budget_tokens|/v1/messages|"thinking":{"type":"enabled","budget_tokens":1e999},"max_tokens":9,"messages":[{"role":"user","content":"x"}]
                    """)
    void areRefusedByNameWhereNoProviderCouldTakeThem(String field, String path, String fields) {
        InferenceRequest request = read(path, fields);

        assertThatExceptionOfType(InferenceRefused.class)
                .isThrownBy(() -> request.translated(OptionalInt.empty()))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(ProblemCode.INVALID_FIELD);
                    assertThat(refused.field()).isEqualTo(field);
                });
    }

    @Test
    void areRefusedWhereTheyCouldNotEvenBeWrittenAgain() {
        InferenceRequest request =
                read(
                        "/v1/chat/completions",
                        "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"x\":1e99999999999");

        assertThatExceptionOfType(InferenceRefused.class)
                .isThrownBy(() -> request.translated(OptionalInt.empty()))
                .satisfies(refused ->
                        assertThat(refused.code()).isEqualTo(ProblemCode.MALFORMED_REQUEST));
    }

    private static InferenceRequest read(String path, String fields) {
        return Dialects.all()
                .at(path)
                .orElseThrow()
                .read("application/json", ("{\"model\":\"m\"," + fields + "}").getBytes(UTF_8));
    }
}
