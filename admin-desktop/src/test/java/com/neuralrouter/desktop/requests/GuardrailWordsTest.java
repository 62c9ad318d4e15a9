package com.neuralrouter.desktop.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.desktop.i18n.Messages;

import org.junit.jupiter.api.Test;

import java.util.Locale;

class GuardrailWordsTest {
    private final Messages messages = new Messages(Locale.ENGLISH);

    @Test
    void saysWhatEachDidAndHowOften() {
        assertThat(GuardrailWords.of(messages, "email:mask=2 iban:block=1 contract:tokenise=3"))
                .isEqualTo("email: masked 2 times\niban: blocked once\ncontract: replaced 3 times");
    }

    @Test
    void saysWhereNoneDidAnything() {
        assertThat(GuardrailWords.of(messages, null)).isEqualTo("None");
        assertThat(GuardrailWords.of(messages, "")).isEqualTo("None");
    }

    @Test
    void repeatsWhatANewerApplianceSays() {
        assertThat(GuardrailWords.of(messages, "email:rewrite=2 odd"))
                .isEqualTo("email:rewrite=2\nodd");
    }
}
