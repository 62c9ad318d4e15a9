package com.neuralrouter.server.route.condition;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.route.condition.ConditionTest.Asked;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Conditions are a subset of CEL: whatever this appliance takes must mean the same there. The file
 * has expressions made by chance, and what Google's own implementation, {@code dev.cel:cel} 0.14.0,
 * answers to each for three requests.
 */
class ConditionAgreesWithCelTest {

    @Test
    void whateverIsTakenMeansTheSameInCel() throws IOException {
        List<String> vectors = vectors();

        assertThat(vectors).hasSizeGreaterThan(1_000);
        for (String vector : vectors) {
            String[] parts = vector.split("\\|", 7);
            var asked =
                    new Asked(
                            parts[0],
                            parts[1],
                            Boolean.parseBoolean(parts[2]),
                            Long.parseLong(parts[3]),
                            Map.of("x-tier", parts[4]));

            assertThat(Condition.compile(parts[6], List.of("x-tier")).holdsFor(asked))
                    .as("%s for %s", parts[6], asked)
                    .isEqualTo(Boolean.parseBoolean(parts[5]));
        }
    }

    private List<String> vectors() throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/condition/cel-vectors.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
