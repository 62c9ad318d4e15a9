package com.neuralrouter.server.chat.responses;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.function.BiConsumer;

/**
 * The items of an answer's output, one after the other: each is announced, filled and told again
 * when it is done.
 */
final class ResponsesOutput {
    private final String id;
    private final BiConsumer<String, ObjectNode> send;
    private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
    private final StringBuilder text = new StringBuilder();
    private final ArrayNode content = JsonNodeFactory.instance.arrayNode();
    private Open open = Open.NOTHING;
    private String itemId = "";
    private String callId = "";
    private String callName = "";
    private String seal = "";

    /** What is being filled: a part of a message, or an item that has but one part. */
    private enum Open {
        NOTHING,
        TEXT,
        REFUSAL,
        THOUGHT,
        CALL
    }

    /**
     * @param send gets each event's type and its members
     */
    ResponsesOutput(String id, BiConsumer<String, ObjectNode> send) {
        this.id = id;
        this.send = send;
    }

    /** The items that are done. */
    ArrayNode items() {
        return items;
    }

    void text(String piece) {
        part(Open.TEXT);
        text.append(piece);
        ObjectNode delta = inPart().put("delta", piece);
        delta.putArray("logprobs");
        send.accept("response.output_text.delta", delta);
    }

    void refusal(String piece) {
        part(Open.REFUSAL);
        text.append(piece);
        send.accept("response.refusal.delta", inPart().put("delta", piece));
    }

    void thought(String piece) {
        beginThought();
        text.append(piece);
        if (!piece.isEmpty()) {
            if (text.length() == piece.length()) {
                ObjectNode added = inSummary();
                added.set("part", summary(""));
                send.accept("response.reasoning_summary_part.added", added);
            }
            send.accept("response.reasoning_summary_text.delta", inSummary().put("delta", piece));
        }
    }

    /** Ends a thought with what the provider wants back. */
    void seal(String sealed) {
        beginThought();
        seal = sealed;
        end();
    }

    void call(String call, String name) {
        end();
        open = Open.CALL;
        callId = call;
        callName = name;
        added("fc_", callItem("in_progress", ""));
    }

    void arguments(String piece) {
        text.append(piece);
        send.accept("response.function_call_arguments.delta", inItem().put("delta", piece));
    }

    /** Ends the item that is open, if one is. */
    void end() {
        switch (open) {
            case NOTHING -> {}
            case TEXT, REFUSAL -> {
                endPart();
                ObjectNode message = message("completed");
                message.set("content", content.deepCopy());
                content.removeAll();
                done(message);
            }
            case THOUGHT -> endThought();
            case CALL -> {
                String arguments = text.isEmpty() ? "{}" : text.toString();
                send.accept(
                        "response.function_call_arguments.done",
                        inItem().put("name", callName).put("arguments", arguments));
                done(callItem("completed", arguments));
            }
        }
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode inItem() {
        return node().put("item_id", itemId).put("output_index", items.size());
    }

    private ObjectNode inPart() {
        return inItem().put("content_index", content.size());
    }

    private ObjectNode inSummary() {
        return inItem().put("summary_index", 0);
    }

    private void added(String prefix, ObjectNode item) {
        itemId = prefix + id + "_" + items.size();
        send.accept("response.output_item.added", itemEvent(item.put("id", itemId)));
    }

    private void done(ObjectNode item) {
        item.put("id", itemId);
        send.accept("response.output_item.done", itemEvent(item));
        items.add(item);
        text.setLength(0);
        seal = "";
        open = Open.NOTHING;
    }

    private ObjectNode itemEvent(ObjectNode item) {
        ObjectNode event = node().put("output_index", items.size());
        event.set("item", item.deepCopy());
        return event;
    }

    /** Begins a part of a message, and the message, unless they are open. */
    private void part(Open kind) {
        if (open == kind) {
            return;
        }
        if (open == Open.TEXT || open == Open.REFUSAL) {
            endPart();
        } else {
            end();
            ObjectNode message = message("in_progress");
            message.putArray("content");
            added("msg_", message);
        }
        open = kind;
        send.accept("response.content_part.added", partEvent(""));
    }

    private void endPart() {
        String whole = text.toString();
        if (open == Open.TEXT) {
            ObjectNode done = inPart().put("text", whole);
            done.putArray("logprobs");
            send.accept("response.output_text.done", done);
        } else {
            send.accept("response.refusal.done", inPart().put("refusal", whole));
        }
        send.accept("response.content_part.done", partEvent(whole));
        content.add(partNode(whole));
        text.setLength(0);
    }

    private ObjectNode partEvent(String whole) {
        ObjectNode event = inPart();
        event.set("part", partNode(whole));
        return event;
    }

    private ObjectNode partNode(String whole) {
        if (open == Open.REFUSAL) {
            return node().put("type", "refusal").put("refusal", whole);
        }
        ObjectNode part = node().put("type", "output_text").put("text", whole);
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }

    private static ObjectNode message(String status) {
        return node().put("type", "message").put("status", status).put("role", "assistant");
    }

    private ObjectNode callItem(String status, String arguments) {
        return node().put("type", "function_call")
                .put("status", status)
                .put("call_id", callId)
                .put("name", callName)
                .put("arguments", arguments);
    }

    private void beginThought() {
        if (open == Open.THOUGHT) {
            return;
        }
        end();
        open = Open.THOUGHT;
        ObjectNode item = node().put("type", "reasoning");
        item.putArray("summary");
        added("rs_", item);
    }

    private void endThought() {
        String whole = text.toString();
        ObjectNode item = node().put("type", "reasoning");
        ArrayNode summaries = item.putArray("summary");
        if (!whole.isEmpty()) {
            send.accept("response.reasoning_summary_text.done", inSummary().put("text", whole));
            ObjectNode done = inSummary();
            done.set("part", summary(whole));
            send.accept("response.reasoning_summary_part.done", done);
            summaries.add(summary(whole));
        }
        if (!seal.isEmpty()) {
            item.put("encrypted_content", seal);
        }
        done(item);
    }

    private static ObjectNode summary(String whole) {
        return node().put("type", "summary_text").put("text", whole);
    }
}
