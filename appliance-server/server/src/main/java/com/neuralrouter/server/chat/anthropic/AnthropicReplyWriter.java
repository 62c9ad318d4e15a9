package com.neuralrouter.server.chat.anthropic;

import com.neuralrouter.server.chat.EventText;
import com.neuralrouter.server.chat.ExactJson;
import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.GatheredReply;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyEvent.Finished;
import com.neuralrouter.server.chat.ReplyWriter;
import com.neuralrouter.server.chat.TokenUsage;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes answers of Anthropic's Messages, whole or as events. A refusal is text here, and the
 * reason for which the answer ends.
 */
public final class AnthropicReplyWriter implements ReplyWriter {
    private final For reply;
    private final GatheredReply gathered = new GatheredReply();
    private final EventText events = new EventText();

    /** The kind of the block that is open; empty if none is. */
    private String open = "";

    /** How many blocks have begun. */
    private int blocks;

    private boolean refused;

    public AnthropicReplyWriter(For reply) {
        this.reply = reply;
    }

    @Override
    public byte[] event(ReplyEvent event) {
        refused |= event instanceof ReplyEvent.RefusalDelta;
        if (!reply.stream()) {
            gathered.add(event);
            return NOTHING;
        }
        switch (event) {
            case ReplyEvent.Begun _ ->
                    events.add("message_start", typed("message_start", "message", begun()));
            case ReplyEvent.TextDelta text -> text(text.text());
            case ReplyEvent.RefusalDelta refusal -> text(refusal.text());
            case ReplyEvent.ReasoningDelta thought -> {
                begin("thinking", node().put("thinking", "").put("signature", ""));
                delta(node().put("type", "thinking_delta").put("thinking", thought.text()));
            }
            case ReplyEvent.ReasoningSealed seal -> sealed(seal);
            case ReplyEvent.ToolCallBegun call -> {
                end();
                ObjectNode block = node().put("id", call.id()).put("name", call.name());
                block.putObject("input");
                begin("tool_use", block);
            }
            case ReplyEvent.ArgumentsDelta more ->
                    delta(node().put("type", "input_json_delta").put("partial_json", more.json()));
            case ReplyEvent.UsageReported _ -> gathered.add(event);
            case Finished finished -> finished(finished);
            case ReplyEvent.Failed _ -> {}
        }
        return events.take();
    }

    @Override
    public byte[] whole() {
        ObjectNode message = message();
        ArrayNode content = message.putArray("content");
        for (Part part : gathered.parts()) {
            switch (part) {
                case Part.Text text -> block(content, "text").put("text", text.text());
                case Part.Refusal refusal -> block(content, "text").put("text", refusal.text());
                case Part.Reasoning thought -> thought(content, thought);
                case Part.ToolCall call ->
                        block(content, "tool_use")
                                .put("id", call.id())
                                .put("name", call.name())
                                .set("input", input(call));
                case Part.Image _, Part.Document _, Part.Audio _, Part.ToolResult _ -> {}
            }
        }
        stopped(message, gathered.finished());
        message.set("usage", usage(gathered.usage()));
        return ExactJson.write(message);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode typed(String type, String member, JsonNode value) {
        ObjectNode typed = node().put("type", type);
        typed.set(member, value);
        return typed;
    }

    private ObjectNode message() {
        return node().put("id", "msg_" + reply.id())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", reply.model());
    }

    private ObjectNode begun() {
        ObjectNode message = message();
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.set("usage", usage(gathered.usage()));
        return message;
    }

    private void text(String text) {
        begin("text", node().put("text", ""));
        delta(node().put("type", "text_delta").put("text", text));
    }

    private void sealed(ReplyEvent.ReasoningSealed seal) {
        if (seal.sealOnly()) {
            end();
            begin("redacted_thinking", node().put("data", seal.seal()));
        } else {
            begin("thinking", node().put("thinking", "").put("signature", ""));
            delta(node().put("type", "signature_delta").put("signature", seal.seal()));
        }
        end();
    }

    /** Begins a block, unless one of that kind is open. */
    private void begin(String type, ObjectNode members) {
        if (open.equals(type)) {
            return;
        }
        end();
        open = type;
        ObjectNode block = node().put("type", type);
        block.setAll(members);
        ObjectNode start = node().put("type", "content_block_start").put("index", blocks);
        start.set("content_block", block);
        events.add("content_block_start", start);
        blocks++;
    }

    private void delta(ObjectNode delta) {
        ObjectNode more = node().put("type", "content_block_delta").put("index", blocks - 1);
        more.set("delta", delta);
        events.add("content_block_delta", more);
    }

    private void end() {
        if (!open.isEmpty()) {
            open = "";
            events.add(
                    "content_block_stop",
                    node().put("type", "content_block_stop").put("index", blocks - 1));
        }
    }

    private void finished(Finished finished) {
        end();
        ObjectNode delta = node();
        stopped(delta, finished);
        ObjectNode last = typed("message_delta", "delta", delta);
        last.set("usage", usage(gathered.usage()));
        events.add("message_delta", last);
        events.add("message_stop", node().put("type", "message_stop"));
    }

    private void stopped(ObjectNode to, Finished finished) {
        boolean sequence =
                finished.reason() == FinishReason.STOP && !finished.stopSequence().isEmpty();
        String reason =
                switch (finished.reason()) {
                    case STOP -> refused ? "refusal" : sequence ? "stop_sequence" : "end_turn";
                    case LENGTH -> "max_tokens";
                    case TOOL_CALLS -> "tool_use";
                    case CONTENT_FILTER -> "refusal";
                    case PAUSE -> "pause_turn";
                };
        to.put("stop_reason", reason);
        to.put("stop_sequence", sequence ? finished.stopSequence() : null);
    }

    private static ObjectNode block(ArrayNode content, String type) {
        return content.addObject().put("type", type);
    }

    private static void thought(ArrayNode content, Part.Reasoning thought) {
        if (thought.sealOnly()) {
            block(content, "redacted_thinking").put("data", thought.seal());
        } else {
            block(content, "thinking")
                    .put("thinking", thought.text())
                    .put("signature", thought.seal());
        }
    }

    /** An object here. What is none can't be shown, and a tool could do nothing with it. */
    private static JsonNode input(Part.ToolCall call) {
        try {
            JsonNode input = ExactJson.read(call.arguments());
            return input.isObject() ? input : node();
        } catch (JacksonException _) {
            return node();
        }
    }

    /** The tokens from the cache are counted apart. */
    private static ObjectNode usage(TokenUsage usage) {
        return node().put(
                        "input_tokens",
                        Math.max(0, usage.input() - usage.cachedInput() - usage.cacheWrites()))
                .put("cache_creation_input_tokens", usage.cacheWrites())
                .put("cache_read_input_tokens", usage.cachedInput())
                .put("output_tokens", usage.output());
    }
}
