package com.neuralrouter.server.guardrail;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Anthropic's events. A block's text ends with the block: what was held then goes out in one more
 * delta. A thought in which something was masked no longer fits its signature.
 */
final class MessagesEvents implements AnswerEvents {
    private static final Map<String, String> FIELDS =
            Map.of(
                    "text_delta", "text",
                    "thinking_delta", "thinking",
                    "input_json_delta", "partial_json");

    private final AnswerTexts texts;
    private final Map<String, ObjectNode> last = new HashMap<>();

    MessagesEvents(AnswerTexts texts) {
        this.texts = texts;
    }

    @Override
    public void event(String name, ObjectNode data, Out out) throws IOException {
        String key = Integer.toString(data.path("index").asInt(0));
        switch (data.path("type").asString("")) {
            case "content_block_delta" -> {
                if (data.get("delta") instanceof ObjectNode delta) {
                    delta(key, data, delta);
                }
            }
            case "content_block_stop" -> {
                flush(key, out);
                texts.whole(data);
            }
            case "message_delta", "message_stop" -> {
                end(out);
                texts.whole(data);
            }
            default -> texts.whole(data);
        }
        out.event(name, data);
    }

    private void delta(String key, ObjectNode data, ObjectNode delta) {
        String type = delta.path("type").asString("");
        String field = FIELDS.get(type);
        if (field == null) {
            if (!type.equals("signature_delta")) {
                texts.whole(delta);
            }
            return;
        }
        texts.piece(key, delta, field, field.equals("partial_json"));
        last.put(key, data);
    }

    private void flush(String key, Out out) throws IOException {
        String rest = texts.rest(key);
        ObjectNode like = last.remove(key);
        if (rest == null || rest.isEmpty() || like == null) {
            return;
        }
        ObjectNode data = like.deepCopy();
        if (data.get("delta") instanceof ObjectNode delta) {
            delta.put(FIELDS.getOrDefault(delta.path("type").asString(""), "text"), rest);
        }
        out.event("content_block_delta", data);
    }

    @Override
    public void end(Out out) throws IOException {
        for (String key : texts.open()) {
            flush(key, out);
        }
    }
}
