package com.neuralrouter.server.guardrail;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The texts of one streamed answer, by their place in it. Used by the request's thread. */
final class AnswerTexts {
    private final Rules rules;
    private final Acting acting;
    private final long most;
    private final Map<String, StringBuilder> said = new LinkedHashMap<>();
    private final StringBuilder all = new StringBuilder();
    private final boolean gathers;
    private final Map<String, AnswerChannel> open = new LinkedHashMap<>();
    private long characters;

    /**
     * @param most characters in all
     * @param gathers whether what the answer says is needed as a whole
     */
    AnswerTexts(Rules rules, Acting acting, long most, boolean gathers) {
        this.rules = rules;
        this.acting = acting;
        this.most = most;
        this.gathers = gathers;
    }

    /**
     * Looks at the text in that field, and leaves in it what can go on.
     *
     * @param key of the text in the answer
     * @param json whether the text is JSON
     */
    void piece(String key, ObjectNode in, String field, boolean json) {
        JsonNode value = in.get(field);
        if (value == null || !value.isString()) {
            return;
        }
        String text = value.stringValue();
        count(text.length());
        if (gathers) {
            all.append(text);
            if (Protocol.isSaid(field) && !json) {
                said.computeIfAbsent(key, _ -> new StringBuilder()).append(text);
            }
        }
        in.put(
                field,
                open.computeIfAbsent(key, _ -> new AnswerChannel(rules, acting, field, json))
                        .push(text));
    }

    private void count(int more) {
        characters += more;
        if (characters > most) {
            throw new GuardrailRefusal(
                    GuardrailPlan.ANSWER_TEXT,
                    "allows answers of at most " + most + " characters.");
        }
    }

    boolean isOpen(String key) {
        return open.containsKey(key);
    }

    Set<String> open() {
        return Set.copyOf(open.keySet());
    }

    /** What of a text was held; it has ended. Null if there is no such text. */
    @Nullable String rest(String key) {
        AnswerChannel channel = open.remove(key);
        return channel == null ? null : channel.end();
    }

    /** Looks at all texts in the tree as they stand there. */
    void whole(ObjectNode tree) {
        new TreeGuard(rules, acting, Set.of("model")).guard(tree);
    }

    /** Each text that the model wrote for its user. */
    List<String> said() {
        return said.values().stream().map(StringBuilder::toString).toList();
    }

    /** Everything that it wrote. */
    String all() {
        return all.toString();
    }
}
