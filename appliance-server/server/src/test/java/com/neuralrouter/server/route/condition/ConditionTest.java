package com.neuralrouter.server.route.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

class ConditionTest {
    private static final List<String> HEADERS = List.of("x-tier");
    private static final Subject GOLD =
            new Asked("batch-7", "research", true, 12_000, Map.of("x-tier", "gold"));

    record Asked(
            String keyName,
            String workspace,
            boolean stream,
            long tokens,
            Map<String, String> headers)
            implements Subject {
        @Override
        public String keyId() {
            return "0193";
        }

        @Override
        public String operation() {
            return "chat";
        }

        @Override
        public boolean tools() {
            return !stream;
        }

        @Override
        public boolean images() {
            return false;
        }

        @Override
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private static boolean holds(String text) {
        return Condition.compile(text, HEADERS).holdsFor(GOLD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "stream",
                "!tools",
                "!!stream",
                "tokens == 12000",
                "tokens > -1 && tokens <= 12000",
                "tokens in [1, 12000, -3]",
                "workspace == 'research'",
                "workspace in [\"claims\", \"research\"]",
                "key.name.startsWith('batch-')",
                "key.name.endsWith('7') && key.id != key.name",
                "key.name.contains('tch')",
                "header['x-tier'] == \"gold\"",
                "size(header[\"x-tier\"]) == 4",
                "'gold'.size() == size(['a', 'b', 'c', 'd'])",
                "false || operation == 'chat' && stream",
                "(false || true) == stream",
                "'it\\'s' == \"it's\"",
                "size('\uD83D\uDE00') == 1",
                "images == tools"
            })
    void holds_(String text) {
        assertThat(holds(text)).as(text).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "!stream",
                "tokens < 12000",
                "workspace == 'Research'",
                "header['x-tier'] in ['silver', '']",
                "images || tools || key.name == ''"
            })
    void doesNotHold(String text) {
        assertThat(holds(text)).as(text).isFalse();
    }

    @Test
    void aHeaderThatIsNotThereIsEmpty() {
        var nobody = new Asked("", "", false, 0, Map.of());

        assertThat(Condition.compile("header['x-tier'] == ''", HEADERS).holdsFor(nobody)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                        | character 1: something is missing at the end",
                "tokens                    | character 1: a number stands where a condition must",
                "tokens <                  | character 9: something is missing at the end",
                "tokens < 'a'              | character 8: '<' can't stand between a number and a"
                        + " text",
                "workspace < 'b'           | character 11: '<' can't stand between a text and a"
                        + " text",
                "user == 'a'               | character 1: there is no 'user'",
                "header['x-other'] == ''   | character 8: the route does not declare the header",
                "header == ''              | character 8: '==' can't stand between all headers",
                "key.secret == ''          | character 5: a key has the members 'id' and 'name'",
                "workspace.matches('a+')   | character 11: there is no function 'matches'",
                "[1,2].all(x, x > 0)       | character 11: there is no 'x'",
                "tokens + 1 > 2            | character 8: '+' is not understood here",
                "tokens > 1.5              | character 10: only whole numbers",
                "tokens > 10u              | character 10: only whole numbers",
                "workspace == 'a           | character 14: a text has no closing quote",
                "stream stream             | character 8: 'stream' is not expected here",
                "tokens in []              | character 12: a list has texts in it",
                "tokens in [1, 'a']        | character 15: a list has things of one kind",
                "(stream                   | character 8: ')' is missing before the end",
                "stream && tokens          | character 11: a number stands where a condition must",
                "key                       | character 1: the key as a whole stands where"
            })
    void saysWhatIsWrongAndWhere(String text, String reason) {
        assertThatThrownBy(() -> Condition.compile(text == null ? "" : text, HEADERS))
                .isInstanceOf(ConditionRefused.class)
                .hasMessageStartingWith(reason.substring(0, Math.min(reason.length(), 24)));
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() {
        String deep = "(".repeat(60) + "true" + ")".repeat(60);

        assertThatThrownBy(() -> Condition.compile(deep, HEADERS))
                .hasMessageContaining("nested more than 50 deep");
        assertThatThrownBy(() -> Condition.compile("true || ".repeat(200) + "true", HEADERS))
                .hasMessageContaining("longer than 1000 characters");
    }
}
