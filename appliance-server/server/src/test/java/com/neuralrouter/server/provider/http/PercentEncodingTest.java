package com.neuralrouter.server.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentEncodingTest {

    @ParameterizedTest
    @CsvSource({
        "gpt-4.1_mini~, gpt-4.1_mini~",
        "anthropic.claude-x-v1:0, anthropic.claude-x-v1%3A0",
        "arn:aws:bedrock:eu-central-1:1:inference-profile/a.b,"
                + " arn%3Aaws%3Abedrock%3Aeu-central-1%3A1%3Ainference-profile%2Fa.b",
        "a b\u00e4~_, a%20b%C3%A4~_",
        "100%+*?, 100%25%2B%2A%3F"
    })
    void makesOneSegmentOfWhateverAModelIsCalled(String model, String segment) {
        assertThat(PercentEncoding.segment(model)).isEqualTo(segment);
    }

    @Test
    void keepsWhatIsToStay() {
        assertThat(PercentEncoding.encoded("/model/a%3Ab", "/")).isEqualTo("/model/a%253Ab");
    }
}
