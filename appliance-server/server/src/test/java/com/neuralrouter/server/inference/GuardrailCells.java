package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.policy.PolicyRule.Names;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.FakeUpstream;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every kind of guardrail on one operation, on the wire: applied, or the request refused by its
 * name. What could be found never gets past it.
 */
final class GuardrailCells implements AutoCloseable {
    private static final String MAIL = "jane@example.org";

    /** On requests, with what the provider gets instead; empty for what refuses. */
    private static final Map<String, String> ON_REQUESTS = onRequests();

    private static final List<String> ON_ANSWERS =
            List.of("email@answer", "email:mask@answer", "answer-text:3");

    private final Gateway gateway;

    GuardrailCells() throws IOException {
        this.gateway = new Gateway();
    }

    private static Map<String, String> onRequests() {
        var all = new LinkedHashMap<String, String>();
        all.put("email@request", "");
        all.put("email:mask@request", "[masked:email]");
        all.put("email:tokenise@request", "[EMAIL-1-");
        all.put("mine=/jane.example/@request", "");
        all.put("mine=/jane.example/:mask@request", "[masked:mine]");
        all.put("request-text:3", "");
        all.put("judge=model(nobody)@request", "");
        all.put("judge=moderation(nobody)@request", "");
        all.put("nobody-has-this", "");
        return all;
    }

    /** What each guardrail does to the operation, by its name. */
    Map<String, String> of(Dialect dialect) throws IOException {
        var cells = new LinkedHashMap<String, String>();
        for (Map.Entry<String, String> each : ON_REQUESTS.entrySet()) {
            cells.put(each.getKey(), onRequest(dialect, each.getKey(), each.getValue()));
        }
        for (String guardrail : ON_ANSWERS) {
            cells.put(guardrail, onAnswer(dialect, guardrail));
        }
        return cells;
    }

    private String onRequest(Dialect dialect, String guardrail, String instead) throws IOException {
        String body = RequestBodies.of(dialect.operation());
        if (body.isEmpty()) {
            return "has none";
        }
        body =
                body.replace("\"hi\"", "\"hi " + MAIL + "\"")
                        .replace("\"q\"", "\"q " + MAIL + "\"")
                        .replace("\nhi\r", "\nhi " + MAIL + "\r");
        String what = dialect.path() + " under " + guardrail;
        assertThat(body).as(what).contains(MAIL);
        begin(guardrail, says(dialect.operation(), "fine"));
        Answer answer = send(dialect, body);
        List<String> sent = sent();
        assertThat(sent).as(what).noneMatch(each -> each.contains(MAIL));
        boolean sound = dialect.operation() == Operation.TRANSCRIPTIONS;
        if (instead.isEmpty() || sound) {
            assertThat(answer.status()).as(what + ": " + answer.body()).isEqualTo(403);
            assertThat(answer.body())
                    .as(what)
                    .containsAnyOf(name(guardrail), sound ? "names a guardrail" : name(guardrail));
            assertThat(sent).as(what).isEmpty();
            return "403";
        }
        assertThat(answer.status()).as(what + ": " + answer.body()).isEqualTo(200);
        if (sent.isEmpty()) {
            assertThat(dialect.operation()).as(what).isEqualTo(Operation.COUNT_TOKENS);
            return "counted here";
        }
        assertThat(sent).as(what).allMatch(each -> each.contains(instead));
        return instead.startsWith("[masked") ? "masked" : "placeholder";
    }

    private String onAnswer(Dialect dialect, String guardrail) throws IOException {
        Operation operation = dialect.operation();
        String body = RequestBodies.of(operation);
        if (body.isEmpty()) {
            return "has none";
        }
        String what = dialect.path() + " under " + guardrail;
        begin(guardrail, says(operation, "Write to " + MAIL));
        Answer answer = send(dialect, body);
        if (operation == Operation.SPEECH) {
            assertThat(answer.status()).as(what + ": " + answer.body()).isEqualTo(200);
            return "sound";
        }
        assertThat(answer.body()).as(what).doesNotContain(MAIL);
        if (operation == Operation.COUNT_TOKENS) {
            assertThat(answer.body()).as(what).matches("(?s).*\"input_tokens\":\\d+}.*");
            return "a number";
        }
        if (guardrail.contains(":mask")) {
            assertThat(answer.body()).as(what).contains("[masked:email]");
            return "masked";
        }
        assertThat(answer.status()).as(what + ": " + answer.body()).isEqualTo(403);
        assertThat(answer.body()).as(what).contains(name(guardrail));
        return "403";
    }

    private static String name(String guardrail) {
        return guardrail.split("[:@=]")[0];
    }

    private void begin(String guardrail, FakeUpstream.Behaviour upstream) {
        gateway.rules(List.of(new Names(RuleKind.GUARDRAILS, Set.of(guardrail))), List.of());
        for (FakeUpstream each : List.of(gateway.first, gateway.second)) {
            each.forgetRequests();
            each.always(upstream);
        }
    }

    private List<String> sent() {
        return List.of(gateway.first, gateway.second).stream()
                .flatMap(each -> each.requests().stream())
                .map(each -> each.text())
                .toList();
    }

    private Answer send(Dialect dialect, String body) throws IOException {
        return Answer.to(
                gateway, Answer.post(gateway, dialect.path(), "connection: close\r\n", body));
    }

    /** What a provider answers to each operation, with that text in it. */
    private static FakeUpstream.Behaviour says(Operation operation, String text) {
        String chat = "{\"choices\":[{\"message\":{\"content\":\"%s\"}}]}".formatted(text);
        return switch (operation) {
            case SPEECH -> FakeUpstream.status(200, "content-type: audio/mpeg", text);
            case COUNT_TOKENS -> FakeUpstream.json("{\"input_tokens\":7}");
            case CHAT_COMPLETIONS, MESSAGES -> FakeUpstream.json(chat);
            case RESPONSES ->
                    x -> {
                        boolean its = x.request().text().contains("/responses");
                        FakeUpstream.json(its ? response(text) : chat).serve(x);
                    };
            case COMPLETIONS ->
                    FakeUpstream.json("{\"choices\":[{\"text\":\"%s\"}]}".formatted(text));
            case RERANK ->
                    FakeUpstream.json(
                            "{\"results\":[{\"index\":0,\"document\":{\"text\":\"%s\"}}]}"
                                    .formatted(text));
            case IMAGES ->
                    FakeUpstream.json("{\"data\":[{\"revised_prompt\":\"%s\"}]}".formatted(text));
            case EMBEDDINGS, MODERATIONS, TRANSCRIPTIONS ->
                    FakeUpstream.json("{\"data\":[],\"text\":\"%s\"}".formatted(text));
        };
    }

    private static String response(String text) {
        return ("{\"id\":\"r\",\"object\":\"response\",\"status\":\"completed\",\"output\":["
                        + "{\"type\":\"message\",\"role\":\"assistant\",\"content\":["
                        + "{\"type\":\"output_text\",\"text\":\"%s\",\"annotations\":[]}]}]}")
                .formatted(text);
    }

    @Override
    public void close() throws IOException {
        gateway.close();
    }
}
