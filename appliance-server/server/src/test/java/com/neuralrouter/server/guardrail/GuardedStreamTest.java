package com.neuralrouter.server.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.detect.ShippedDetectors;
import com.neuralrouter.server.dialect.Dialects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Streamed answers in every format that apps speak, with a match cut at every place. */
class GuardedStreamTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CARD = "4111 1111 1111 1111";
    private static final String SAID = "Use " + CARD + " or +49 30 901820, says jane@example.org.";
    private static final String LEFT =
            "Use [masked:payment-card] or [masked:phone], says [masked:email].";

    private final Guardrails guardrails =
            new Guardrails(ShippedDetectors.catalogue(), new GuardrailCounts());

    @ParameterizedTest
    @EnumSource
    void masksWhatIsCutAtEveryPlace(AnswerKind kind) throws IOException {
        String said = kind.isTool() ? "{\"note\":\"" + SAID + "\",\"n\":4111111111111111}" : SAID;
        String left =
                kind.isTool()
                        ? "{\"note\":\"" + LEFT + "\",\"n\":\"[masked:payment-card]\"}"
                        : LEFT;
        for (int cut = 1; cut < said.length(); cut++) {
            String stream = kind.stream(List.of(said.substring(0, cut), said.substring(cut)));

            String out = through(exchange(kind, "pii:mask"), stream, 4096);

            assertThat(kind.said(out)).as("cut at " + cut).isEqualTo(left);
            assertThat(out).doesNotContain("4111 ").doesNotContain("jane@");
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotMindHowTheBytesAreSplit(AnswerKind kind) throws IOException {
        String said = kind.isTool() ? "{\"note\":\"" + SAID + "\"}" : SAID;
        String stream = kind.stream(said.chars().mapToObj(Character::toString).toList());
        String whole = through(exchange(kind, "pii:mask"), stream, stream.length());

        for (int size : new int[] {1, 2, 3, 7, 64, 1000}) {
            assertThat(through(exchange(kind, "pii:mask"), stream, size)).isEqualTo(whole);
        }
        assertThat(kind.said(whole))
                .isEqualTo(kind.isTool() ? "{\"note\":\"" + LEFT + "\"}" : LEFT);
    }

    @ParameterizedTest
    @EnumSource
    void blocksAndLetsNothingOfItOut(AnswerKind kind) {
        String said = kind.isTool() ? "{\"note\":\"" + SAID + "\"}" : SAID;
        String stream = kind.stream(said.chars().mapToObj(Character::toString).toList());
        var out = new ByteArrayOutputStream();

        assertThatThrownBy(() -> through(exchange(kind, "payment-card"), stream, 100, out))
                .isInstanceOf(GuardrailRefusal.class)
                .hasMessageContaining("payment-card")
                .hasMessageContaining("the answer")
                .hasMessageNotContaining("4111 ");
        assertThat(kind.said(out.toString(StandardCharsets.UTF_8)))
                .isIn("Use ", "", "{\"note\":\"Use ");
    }

    @ParameterizedTest
    @EnumSource
    void putsOriginalsBackWhereverAPlaceholderIsCut(AnswerKind kind) throws IOException {
        GuardedExchange probe = exchange(kind, "email:tokenise");
        String placeholder = placeholder(probe);
        String said =
                kind.isTool()
                        ? "{\"to\":\"" + placeholder + "\"}"
                        : "Dear " + placeholder + ", [x]";
        for (int cut = 1; cut < said.length(); cut++) {
            GuardedExchange exchange = exchange(kind, "email:tokenise");
            placeholder(exchange);
            String stream = kind.stream(List.of(said.substring(0, cut), said.substring(cut)));

            String out = through(exchange, stream, 512);

            assertThat(kind.said(out))
                    .as("cut at " + cut)
                    .isEqualTo(said.replace(placeholder, "jane@example.org"));
        }
    }

    @Test
    void numbersResponsesEventsWithoutAGap() throws IOException {
        String stream = AnswerKind.RESPONSES.stream(List.of("Write to jane@exam", "ple.org"));

        String out = through(exchange(AnswerKind.RESPONSES, "email:mask"), stream, 4096);

        List<JsonNode> events = AnswerKind.events(out);
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("sequence_number").asInt()).isEqualTo(i);
        }
        assertThat(events.getLast().at("/response/output/0/content/0/text").asString())
                .isEqualTo("Write to [masked:email]");
    }

    @Test
    void endsAnAnswerThatIsTooLong() {
        String stream = AnswerKind.CHAT.stream(List.of("0123456789", "0123456789"));

        assertThatThrownBy(() -> through(exchange(AnswerKind.CHAT, "answer-text:15"), stream, 4096))
                .isInstanceOf(GuardrailRefusal.class)
                .hasMessageContaining("15 characters");
    }

    @Test
    void lookAtCommentsAndOtherWordsToo() throws IOException {
        String stream = ": jane@example.org\n\ndata: jane@example.org\n\ndata: [DONE]\n\n";

        assertThat(through(exchange(AnswerKind.CHAT, "email:mask"), stream, 5))
                .isEqualTo(": [masked:email]\n\ndata: [masked:email]\n\ndata: [DONE]\n\n");
    }

    private GuardedExchange exchange(AnswerKind kind, String... names) {
        return guardrails.begin(Set.of(names), kind.operation, new RequestId(new UUID(7, 0xabcde)));
    }

    /** What stands for jane's address at the provider. */
    private static String placeholder(GuardedExchange exchange) {
        var dialect = Dialects.all().at("/v1/chat/completions").orElseThrow();
        var request =
                dialect.read(
                        "application/json",
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"jane@example.org\"}]}"
                                .getBytes(StandardCharsets.UTF_8));
        byte[] sent = exchange.request(dialect, request).content();
        return JSON.readTree(sent).at("/messages/0/content").asString();
    }

    private static String through(GuardedExchange exchange, String stream, int size)
            throws IOException {
        var out = new ByteArrayOutputStream();
        through(exchange, stream, size, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void through(
            GuardedExchange exchange, String stream, int size, ByteArrayOutputStream out)
            throws IOException {
        GuardedStream guarded =
                exchange.stream((bytes, at, length) -> out.write(bytes, at, length));
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            guarded.accept(bytes, at, Math.min(size, bytes.length - at));
        }
        guarded.end();
    }
}
