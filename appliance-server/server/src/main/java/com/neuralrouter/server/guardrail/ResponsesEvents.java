package com.neuralrouter.server.guardrail;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The events of OpenAI's Responses. A text ends with the event that says that it is done, in which
 * it stands as a whole once more; what was held goes out in a delta before. Events are numbered
 * anew, because there may be more of them.
 */
final class ResponsesEvents implements AnswerEvents {
    private static final String NUMBER = "sequence_number";
    private static final String DELTA = ".delta";

    private final AnswerTexts texts;
    private final Map<String, ObjectNode> last = new HashMap<>();
    private long number;

    ResponsesEvents(AnswerTexts texts) {
        this.texts = texts;
    }

    @Override
    public void event(String name, ObjectNode data, Out out) throws IOException {
        String type = data.path("type").asString("");
        if (type.endsWith(DELTA) && data.path("delta").isString()) {
            String key = key(type, data);
            withoutProbabilities(data);
            texts.piece(key, data, "delta", type.contains("arguments"));
            last.put(key, data);
        } else {
            if (type.startsWith("response.output_item")
                    || type.equals("response.completed")
                    || type.equals("response.incomplete")
                    || type.equals("response.failed")
                    || type.equals("error")) {
                end(out);
            } else {
                flush(key(type.replace(".done", DELTA), data), out);
            }
            withoutProbabilities(data);
            texts.whole(data);
        }
        numbered(name, data, out);
    }

    private static String key(String type, ObjectNode data) {
        return type
                + ' '
                + data.path("output_index").asInt(0)
                + ' '
                + data.path("content_index").asInt(0)
                + ' '
                + data.path("summary_index").asInt(0);
    }

    /** They repeat the text, token by token. */
    private static void withoutProbabilities(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.get("logprobs") instanceof ArrayNode logprobs) {
                logprobs.removeAll();
            }
            object.values().forEach(ResponsesEvents::withoutProbabilities);
        } else if (node instanceof ArrayNode array) {
            array.values().forEach(ResponsesEvents::withoutProbabilities);
        }
    }

    private void flush(String key, Out out) throws IOException {
        String rest = texts.rest(key);
        ObjectNode like = last.remove(key);
        if (rest == null || rest.isEmpty() || like == null) {
            return;
        }
        ObjectNode data = like.deepCopy();
        data.put("delta", rest);
        numbered(data.path("type").asString(""), data, out);
    }

    private void numbered(String name, ObjectNode data, Out out) throws IOException {
        if (data.has(NUMBER)) {
            data.put(NUMBER, number++);
        }
        out.event(name, data);
    }

    @Override
    public void end(Out out) throws IOException {
        for (String key : texts.open()) {
            flush(key, out);
        }
    }
}
