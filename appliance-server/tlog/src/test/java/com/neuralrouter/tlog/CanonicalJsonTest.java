package com.neuralrouter.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Canonical JSON, with the examples of RFC 8785 and the test data of its authors
 * (cyberphone/json-canonicalization, testdata).
 */
class CanonicalJsonTest {
    /** RFC 8785 §3.2.2 to §3.2.4, without the fractions. */
    @Test
    void writesTheRfcsExample() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("string", "\u20ac$\u000F\nA'B\"\\\\\"/");
        value.put("literals", Arrays.asList(null, true, false));

        assertThat(CanonicalJson.write(value))
                .asHexString()
                .isEqualToIgnoringCase(
                        "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c"
                                + "22737472696e67223a22e282ac245c75303030665c6e412742"
                                + "5c225c5c5c5c5c222f227d");
    }

    /** RFC 8785 §3.2.3. */
    @Test
    void sortsNamesAsTheRfcsExampleSorts() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("\u20ac", "Euro Sign");
        value.put("\r", "Carriage Return");
        value.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
        value.put("1", "One");
        value.put("\ud83d\ude00", "Emoji: Grinning Face");
        value.put("\u0080", "Control");
        value.put("\u00f6", "Latin Small Letter O With Diaeresis");

        assertThat(text(value))
                .isEqualTo(
                        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\","
                                + "\"\u20ac\":\"Euro Sign\","
                                + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void writesTheAuthorsTestDataAsTheyDo() {
        assertThat(
                        text(
                                Map.of(
                                        "1",
                                        Map.of("f", Map.of("f", "hi", "F", 5), "\n", 56),
                                        "10",
                                        Map.of(),
                                        "",
                                        "empty",
                                        "a",
                                        Map.of(),
                                        "111",
                                        List.of(Map.of()),
                                        "A",
                                        Map.of())))
                .isEqualTo(
                        "{\"\":\"empty\",\"1\":{\"\\n\":56,\"f\":{\"F\":5,\"f\":\"hi\"}},"
                                + "\"10\":{},\"111\":[{}],\"A\":{},\"a\":{}}");
        assertThat(
                        text(
                                Map.of(
                                        "peach", "This sorting order",
                                        "péché", "is wrong according to French",
                                        "pêche", "but canonicalization MUST",
                                        "sin", "ingnore locale")))
                .isEqualTo(
                        "{\"peach\":\"This sorting order\",\"péché\":\"is wrong according to"
                                + " French\",\"pêche\":\"but canonicalization MUST\","
                                + "\"sin\":\"ingnore locale\"}");
        assertThat(text(Map.of("</script>", "Browser Challenge", "\u0080", "Control\u007f")))
                .isEqualTo("{\"</script>\":\"Browser Challenge\",\"\u0080\":\"Control\u007f\"}");
        assertThat(text(Map.of("Unnormalized Unicode", "A\u030a")))
                .isEqualTo("{\"Unnormalized Unicode\":\"A\u030a\"}");
    }

    @Test
    void escapesWhatMustBeAndNothingElse() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 0x30; c++) {
            all.append(c);
        }

        assertThat(text(all + "\\\u007f\u2028"))
                .isEqualTo(
                        "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b"
                                + "\\f\\r\\u000e\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015"
                                + "\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e"
                                + "\\u001f !\\\"#$%&'()*+,-./\\\\\u007f\u2028\"");
    }

    @Test
    void writesWholeNumbersThatEveryReaderKnows() {
        long most = CanonicalJson.MAX_INTEGER;

        assertThat(text(List.of(0, -1, 9_007_199_254_740_991L, -most, Integer.MIN_VALUE)))
                .isEqualTo("[0,-1,9007199254740991,-9007199254740991,-2147483648]");
        assertThatThrownBy(() -> CanonicalJson.write(most + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.write(Long.MIN_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesLongTextAndEveryLengthOfUtf8() {
        String text = "aö€😀".repeat(1_000);

        assertThat(text(text)).isEqualTo('"' + text + '"');
    }

    @Test
    void refusesWhatHasNoOneForm() {
        for (Object value :
                List.of(
                        1.5,
                        1.0f,
                        'c',
                        new byte[0],
                        Optional.empty(),
                        "\ud800",
                        "\udc00x",
                        "x\ud83dx",
                        Map.of("\udc00", 1),
                        Map.of(1, 1))) {
            assertThatThrownBy(() -> CanonicalJson.write(value))
                    .as("%s", value.getClass())
                    .isInstanceOf(IllegalArgumentException.class);
        }
        Map<Object, Object> nameless = new HashMap<>();
        nameless.put(null, 1);
        assertThatThrownBy(() -> CanonicalJson.write(nameless))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsTooDeepInsteadOfRunningOutOfStack() {
        Object value = "x";
        for (int i = 0; i < 100_000; i++) {
            value = Collections.singletonList(value);
        }
        Object deep = value;

        assertThatThrownBy(() -> CanonicalJson.write(deep))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deeper");
    }

    private static String text(Object value) {
        return new String(CanonicalJson.write(value), StandardCharsets.UTF_8);
    }
}
