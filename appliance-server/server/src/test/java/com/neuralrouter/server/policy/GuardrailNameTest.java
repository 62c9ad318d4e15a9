package com.neuralrouter.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.server.policy.GuardrailName.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class GuardrailNameTest {
    @Test
    void meansTheStrictestWhereNothingIsSaid() {
        GuardrailName name = GuardrailName.of("pii");

        assertThat(name.action()).isEqualTo(GuardrailAction.BLOCK);
        assertThat(name.onRequest()).isTrue();
        assertThat(name.onAnswer()).isTrue();
    }

    @Test
    void readsEveryForm() {
        assertThat(GuardrailName.of("email:tokenise@request").action())
                .isEqualTo(GuardrailAction.TOKENISE);
        assertThat(GuardrailName.of("email:mask@answer").onRequest()).isFalse();
        assertThat(GuardrailName.of("answer-text:200").most()).isEqualTo(200);
        assertThat(GuardrailName.of("schema").kind()).isEqualTo(Kind.SCHEMA);
        assertThat(GuardrailName.of("a=/x:y/@z/:mask@request").definition()).isEqualTo("x:y/@z");
        assertThat(GuardrailName.of("g=model(org/guard)").definition()).isEqualTo("org/guard");
        assertThat(GuardrailName.of("g=moderation(m)@answer").kind())
                .isEqualTo(Kind.MODERATION_MODEL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PII",
                "pii:drop",
                "pii@both",
                "pii:mask:block",
                "schema:mask",
                "request-text",
                "request-text:many",
                "a=/x",
                "a=//",
                "g=model()",
                "g=ask(m)",
                "a=/x/:maybe"
            })
    void refusesWhatItDoesNotUnderstand(String written) {
        assertThatThrownBy(() -> GuardrailName.of(written))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsOfAPolicyThatNamesWhatNobodyHas() {
        assertThat(errors("pii", "emial:mask", "x=/(a)\\1/", "x=/a+/"))
                .extracting(FieldError::field)
                .containsExactly("policy.guardrails[1]", "policy.guardrails[2]");
    }

    private static List<FieldError> errors(String... names) {
        return PolicyChecks.errors("policy", guarding(names));
    }

    private static PolicyDocument guarding(String... names) {
        return new PolicyDocument(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(names),
                null,
                null);
    }
}
