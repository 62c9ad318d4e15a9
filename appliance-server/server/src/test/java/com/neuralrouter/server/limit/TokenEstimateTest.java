package com.neuralrouter.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import java.util.Base64;

class TokenEstimateTest {
    private static final String ENGLISH =
            "The appliance stands between a site's applications and its language models. ";
    private static final String CHINESE = "设备位于站点的应用程序与其语言模型之间。";

    private final TokenEstimate estimate = new TokenEstimate();

    private long of(String text) {
        return estimate.of(text.getBytes(UTF_8));
    }

    @Test
    void countsByBytesUntilTheVocabularyIsRead() {
        assertThat(of("x y ".repeat(100))).isEqualTo(100 + 100 / 8 + 1);
    }

    @Test
    void countsWithTheVocabularyOnceItIsRead() {
        estimate.load();

        // cl100k_base has 14 tokens for the sentence, the margin is an eighth.
        assertThat(of(ENGLISH.repeat(100))).isBetween(1_300L, 1_900L);
        assertThat(of(CHINESE.repeat(100))).isBetween(1_500L, 4_000L);
    }

    @Test
    void lettersThatAreWrittenAsNumbersCountAsLetters() {
        estimate.load();
        var escaped = new StringBuilder();
        CHINESE.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));

        assertThat(of(escaped.toString().repeat(50)))
                .isCloseTo(of(CHINESE.repeat(50)), Percentage.withPercentage(5));
    }

    @Test
    void anImageCountsAsAnImageNotAsText() {
        estimate.load();
        String image = Base64.getEncoder().encodeToString(new byte[300_000]);

        assertThat(
                        of(
                                "{\"text\":\""
                                        + ENGLISH
                                        + "\",\"url\":\"data:image/png;base64,"
                                        + image
                                        + "\"}"))
                .isBetween(1_000L, 1_300L);
    }

    @Test
    void aLongTextIsCountedByItsBeginning() {
        estimate.load();

        assertThat(of(ENGLISH.repeat(20_000)))
                .isCloseTo(100 * of(ENGLISH.repeat(200)), Percentage.withPercentage(2));
    }
}
