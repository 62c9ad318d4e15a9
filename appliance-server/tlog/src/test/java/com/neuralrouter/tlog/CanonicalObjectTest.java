package com.neuralrouter.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Map;

class CanonicalObjectTest {
    @Test
    void writesWhatCanonicalJsonWrites() {
        byte[] written =
                new CanonicalObject()
                        .put("A", -7)
                        .put("a", "\u20ac\"\\\u0001")
                        .put("b", true)
                        .put("empty", _ -> {})
                        .put("o", object -> object.put("flag", false).put("n", 0))
                        .bytes();

        assertThat(written)
                .isEqualTo(
                        CanonicalJson.write(
                                Map.of(
                                        "o",
                                        Map.of("n", 0L, "flag", false),
                                        "a",
                                        "\u20ac\"\\\u0001",
                                        "A",
                                        -7L,
                                        "empty",
                                        Map.of(),
                                        "b",
                                        true)));
    }

    @Test
    void refusesNamesOutOfOrderOrTwice() {
        var object = new CanonicalObject().put("b", 1);

        assertThatThrownBy(() -> object.put("a", 2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> object.put("b", 2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesWhatCanonicalJsonRefuses() {
        var object = new CanonicalObject();

        assertThatThrownBy(() -> object.put("a", CanonicalJson.MAX_INTEGER + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
