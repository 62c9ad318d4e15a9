package com.neuralrouter.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicThinkingTest {

    @ParameterizedTest
    @CsvSource({
        "claude-3-7-sonnet-20250219, true",
        "claude-3-opus-20240229, true",
        "claude-sonnet-4-20250514, true",
        "claude-opus-4-1-20250805, true",
        "claude-haiku-4-5, true",
        "eu.anthropic.claude-sonnet-4-5-20250929-v1:0, true",
        "claude-opus-4-6, false",
        "claude-opus-4-7, false",
        "anthropic/claude-4.7-opus, false",
        "claude-opus-5, false",
        "claude-opus-5-20260724, false",
        "eu.anthropic.claude-opus-4-6-v1, false",
        "house-model, false"
    })
    void readsFromAModelsNameWhetherItTakesANumber(String model, boolean number) {
        assertThat(AnthropicThinking.takesNumber(model)).isEqualTo(number);
    }
}
