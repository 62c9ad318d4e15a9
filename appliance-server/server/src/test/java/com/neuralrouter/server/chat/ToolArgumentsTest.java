package com.neuralrouter.server.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolArgumentsTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":0.30,\"b\":1.50000000000000000000001}", "{\"a\":1E+400}"})
    void keepsNumbersAsTheModelWroteThem(String arguments) {
        assertThat(ToolArguments.object(call(arguments)).toString()).isEqualTo(arguments);
    }

    @Test
    void isAnEmptyObjectWhereNothingWasGiven() {
        assertThat(ToolArguments.object(call(" ")).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "{} {}", "{\"a\":1e99999999999}"})
    void refusesWhatIsNoObjectByNameAndQuotesNothing(String arguments) {
        assertThatExceptionOfType(Inexpressible.class)
                .isThrownBy(() -> ToolArguments.object(call(arguments)))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo("messages[0]"))
                .withMessageNotContaining("1e9")
                .withNoCause();
    }

    private static Part.ToolCall call(String arguments) {
        return new Part.ToolCall("messages[0]", "c", "f", arguments);
    }
}
