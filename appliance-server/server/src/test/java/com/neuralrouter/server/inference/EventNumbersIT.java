package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.server.chat.Replies;
import com.neuralrouter.server.policy.PolicyRule.Names;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Every event of OpenAI's Responses has its number, one more than the last, whatever guardrails
 * hold, add, and leave out, and wherever the answer ends.
 */
class EventNumbersIT {
    /** The beginning of a card's number, which is held until it is known what it is. */
    private static final String[] HELD = {"You ", "may ", "use 4111 11"};

    private static final String[] CARD_IN_PIECES = {"You ", "use ", "4111 11", "11 1111 1111", "!"};

    /** Who writes the events, and whether the provider's come all at once. */
    enum Written {
        BY_THE_PROVIDER(false),
        BY_THE_PROVIDER_AT_ONCE(true),
        BY_THE_APPLIANCE(false),
        BY_THE_APPLIANCE_AT_ONCE(true);

        private final boolean atOnce;

        Written(boolean atOnce) {
            this.atOnce = atOnce;
        }

        boolean byProvider() {
            return this == BY_THE_PROVIDER || this == BY_THE_PROVIDER_AT_ONCE;
        }
    }

    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @ParameterizedTest
    @EnumSource
    void whereAGuardrailMasks(Written written) throws Exception {
        guard("payment-card:mask@answer");

        List<JsonNode> events = answer(written, End.WELL, CARD_IN_PIECES);

        assertThat(events.toString()).contains("[masked:payment-card]").doesNotContain("1111");
        assertNumbered(events, "response.completed");
    }

    @ParameterizedTest
    @EnumSource
    void whereAGuardrailEndsTheAnswer(Written written) throws Exception {
        guard("payment-card@answer");

        List<JsonNode> events = answer(written, End.WELL, CARD_IN_PIECES);

        assertThat(events.getLast().path("code").asString()).isEqualTo("guardrail_refused");
        assertNumbered(events, "error");
    }

    @ParameterizedTest
    @EnumSource
    void whereAnAnswerIsHeldAsAWholeAndNothingOfItGoesOut(Written written) throws Exception {
        guard("flagged=moderation(org/only-second)@answer");
        gateway.second.always(FakeUpstream.json("{\"results\":[{\"flagged\":true}]}"));

        List<JsonNode> events = answer(written, End.WELL, CARD_IN_PIECES);

        assertThat(events).hasSize(1);
        assertNumbered(events, "error");
    }

    @ParameterizedTest
    @EnumSource
    void whereTheProviderBreaksOffWhileSomethingIsHeld(Written written) throws Exception {
        guard("payment-card:mask@answer");

        List<JsonNode> events = answer(written, End.BROKEN, HELD);

        assertNumbered(events, "error");
    }

    @ParameterizedTest
    @EnumSource
    void whereTheProviderBreaksOffBehindWhatWasHeld(Written written) throws Exception {
        guard("payment-card:mask@answer");

        List<JsonNode> events = answer(written, End.BROKEN_BEHIND_THE_TEXT, HELD);

        assertNumbered(events, "error");
    }

    @ParameterizedTest
    @EnumSource
    void whereTheProviderSaysThatItFailsWhileSomethingIsHeld(Written written) throws Exception {
        guard("payment-card:mask@answer");

        List<JsonNode> events = answer(written, End.FAILED, HELD);

        assertThat(events.toString()).contains("4111 11");
        assertNumbered(events, "error");
    }

    @ParameterizedTest
    @EnumSource
    void whereTheProviderBreaksOffAndNothingIsLookedAt(Written written) throws Exception {
        List<JsonNode> events = answer(written, End.BROKEN, CARD_IN_PIECES);

        assertNumbered(events, "error");
    }

    private static void assertNumbered(List<JsonNode> events, String last) {
        assertThat(events)
                .extracting(event -> event.path("sequence_number").asInt(-1))
                .as(events.toString())
                .isEqualTo(IntStream.range(0, events.size()).boxed().toList());
        assertThat(events.getLast().path("type").asString()).isEqualTo(last);
    }

    private void guard(String... names) {
        gateway.rules(List.of(new Names(RuleKind.GUARDRAILS, Set.of(names))), List.of());
    }

    /** How the provider ends its answer. */
    private enum End {
        WELL,
        FAILED,
        BROKEN,
        BROKEN_BEHIND_THE_TEXT;

        boolean broken() {
            return this == BROKEN || this == BROKEN_BEHIND_THE_TEXT;
        }
    }

    private List<JsonNode> answer(Written written, End end, String... pieces) throws IOException {
        List<String> events;
        if (written.byProvider()) {
            gateway.routes(
                    List.of(
                            TestRoutes.to(
                                    "m",
                                    TestRoutes.ways(Strategy.PRIORITY),
                                    TestRoutes.ofResponses("first", gateway.first))));
            events = responses(end, pieces);
        } else {
            events = chat(end, pieces);
        }
        gateway.first.always(x -> {
            x.write(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                            + "transfer-encoding: chunked\r\n\r\n");
            if (written.atOnce) {
                x.chunk(String.join("", events));
            } else {
                for (String event : events) {
                    x.chunk(event);
                }
            }
            if (end.broken()) {
                x.reset();
            } else {
                x.write("0\r\n\r\n");
            }
        });
        Answer answer =
                Answer.to(
                        gateway,
                        Answer.post(
                                gateway,
                                "/v1/responses",
                                "connection: close\r\n",
                                "{\"model\":\"m\",\"input\":\"hi\",\"stream\":true}"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Replies.json(line.substring(6)))
                .toList();
    }

    private static List<String> chat(End end, String... pieces) {
        var events = new ArrayList<String>();
        for (String piece : pieces) {
            events.add("{\"content\":\"%s\"}".formatted(piece));
        }
        if (end == End.BROKEN_BEHIND_THE_TEXT) {
            events.add(
                    "{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\","
                            + "\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}");
        }
        events.replaceAll(delta -> event("{\"choices\":[{\"index\":0,\"delta\":" + delta + "}]}"));
        if (end == End.FAILED) {
            events.add(event("{\"error\":{\"message\":\"no\"}}"));
        } else if (end == End.WELL) {
            events.add(
                    event(
                            "{\"choices\":[{\"index\":0,\"delta\":{},"
                                    + "\"finish_reason\":\"stop\"}]}"));
            events.add(event("[DONE]"));
        }
        return events;
    }

    private static List<String> responses(End end, String... pieces) {
        var events = new ArrayList<String>();
        events.add("\"response.created\",\"response\":{\"id\":\"r\"}");
        for (String piece : pieces) {
            events.add("\"response.output_text.delta\",\"delta\":\"" + piece + "\"");
        }
        if (end == End.FAILED) {
            events.add("\"error\",\"code\":\"server_error\"");
        } else if (end != End.BROKEN) {
            events.add(
                    "\"response.output_text.done\",\"text\":\"" + String.join("", pieces) + "\"");
        }
        if (end == End.WELL) {
            events.add("\"response.completed\",\"response\":{\"id\":\"r\"}");
        }
        for (int i = 0; i < events.size(); i++) {
            events.set(i, event("{\"sequence_number\":" + i + ",\"type\":" + events.get(i) + "}"));
        }
        return events;
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }
}
