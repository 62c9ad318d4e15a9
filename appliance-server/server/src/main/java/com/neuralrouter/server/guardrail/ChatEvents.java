package com.neuralrouter.server.guardrail;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;

/**
 * OpenAI's chunks, of chats and of completions. A choice's texts end when another one of its texts
 * begins, and when it is finished: what was held then goes out in a chunk before. The tokens'
 * probabilities repeat the text, token by token, and are taken out.
 */
final class ChatEvents implements AnswerEvents {
    private static final List<String> TEXTS =
            List.of("content", "refusal", "reasoning_content", "reasoning");

    private final AnswerTexts texts;
    private @Nullable ObjectNode last;

    ChatEvents(AnswerTexts texts) {
        this.texts = texts;
    }

    @Override
    public void event(String name, ObjectNode data, Out out) throws IOException {
        if (!(data.get("choices") instanceof ArrayNode choices)) {
            texts.whole(data);
            out.event(name, data);
            return;
        }
        last = data;
        for (JsonNode each : choices) {
            if (each instanceof ObjectNode choice) {
                choice(name, data, choice, out);
            }
        }
        JsonNode seen = data.remove("choices");
        texts.whole(data);
        data.set("choices", seen);
        out.event(name, data);
    }

    private void choice(String name, ObjectNode chunk, ObjectNode choice, Out out)
            throws IOException {
        int index = choice.path("index").asInt(0);
        if (choice.has("logprobs")) {
            choice.putNull("logprobs");
        }
        String prefix = index + " ";
        if (choice.get("text") != null) {
            texts.piece(prefix + "text", choice, "text", false);
        }
        if (choice.get("delta") instanceof ObjectNode delta) {
            delta(name, chunk, choice, delta, prefix, out);
        }
        JsonNode finish = choice.get("finish_reason");
        if (finish != null && !finish.isNull()) {
            flush(name, chunk, choice, prefix, "", out);
        }
    }

    private void delta(
            String name,
            ObjectNode chunk,
            ObjectNode choice,
            ObjectNode delta,
            String prefix,
            Out out)
            throws IOException {
        for (String field : List.copyOf(delta.propertyNames())) {
            JsonNode value = delta.get(field);
            if (TEXTS.contains(field) && value.isString()) {
                if (!value.stringValue().isEmpty()) {
                    flush(name, chunk, choice, prefix, prefix + field, out);
                    texts.piece(prefix + field, delta, field, false);
                }
            } else if (field.equals("tool_calls") && value instanceof ArrayNode calls) {
                calls(name, chunk, choice, calls, prefix, out);
            } else if (!field.equals("role") && !value.isNull()) {
                var alone = delta.objectNode();
                alone.set(field, value);
                texts.whole(alone);
                delta.remove(field);
                delta.setAll(alone);
            }
        }
    }

    private void calls(
            String name,
            ObjectNode chunk,
            ObjectNode choice,
            ArrayNode calls,
            String prefix,
            Out out)
            throws IOException {
        for (JsonNode each : calls) {
            if (each instanceof ObjectNode call) {
                String key = prefix + "call " + call.path("index").asInt(0);
                flush(name, chunk, choice, prefix, key, out);
                if (call.get("function") instanceof ObjectNode function) {
                    JsonNode arguments = function.remove("arguments");
                    texts.whole(call);
                    if (arguments != null) {
                        function.set("arguments", arguments);
                        texts.piece(key, function, "arguments", true);
                    }
                } else {
                    texts.whole(call);
                }
            }
        }
    }

    /** Lets go what is held of the choice's texts but one, in a chunk of its own. */
    private void flush(
            String name, ObjectNode chunk, ObjectNode choice, String prefix, String but, Out out)
            throws IOException {
        for (String key : texts.open()) {
            if (key.startsWith(prefix) && !key.equals(but)) {
                String rest = texts.rest(key);
                if (rest != null && !rest.isEmpty()) {
                    out.event(name, chunk(chunk, choice, key.substring(prefix.length()), rest));
                }
            }
        }
    }

    private static ObjectNode chunk(ObjectNode like, ObjectNode choice, String field, String text) {
        ObjectNode chunk = like.objectNode();
        like.properties()
                .forEach(each -> {
                    if (!each.getKey().equals("choices") && !each.getKey().equals("usage")) {
                        chunk.set(each.getKey(), each.getValue());
                    }
                });
        ObjectNode own = chunk.putArray("choices").addObject();
        own.put("index", choice.path("index").asInt(0));
        if (field.equals("text")) {
            own.put("text", text);
        } else if (field.startsWith("call ")) {
            ObjectNode call = own.putObject("delta").putArray("tool_calls").addObject();
            call.put("index", Integer.parseInt(field.substring("call ".length())));
            call.putObject("function").put("arguments", text);
        } else {
            own.putObject("delta").put(field, text);
        }
        own.putNull("finish_reason");
        return chunk;
    }

    @Override
    public void end(Out out) throws IOException {
        ObjectNode like = last;
        if (like == null) {
            return;
        }
        for (String key : texts.open()) {
            int space = key.indexOf(' ');
            ObjectNode choice = like.objectNode();
            choice.put("index", Integer.parseInt(key.substring(0, space)));
            flush("", like, choice, key.substring(0, space + 1), "", out);
        }
    }
}
