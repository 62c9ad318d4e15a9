package com.neuralrouter.server.provider.anthropic;

import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.MalformedChat;
import com.neuralrouter.server.chat.OpenBlock;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyEvent.Failed;
import com.neuralrouter.server.chat.ReplyReader;
import com.neuralrouter.server.chat.TokenUsage;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads an answer of the Messages API (API reference, "Streaming Messages", read 2026-11). The
 * blocks of a stream may be interleaved; each has its number.
 */
final class AnthropicReader implements ReplyReader {
    private final Map<Integer, OpenBlock> blocks = new HashMap<>();
    private int calls;
    private boolean begun;
    private boolean over;
    private @Nullable FinishReason reason;
    private String stopSequence = "";

    private long input;
    private long cacheReads;
    private long cacheWrites;
    private long output;
    private long reasoning;

    @Override
    public void message(String name, JsonNode message, Consumer<ReplyEvent> to) {
        if (over) {
            return;
        }
        switch (message.path("type").asString(name)) {
            case "message_start" -> {
                JsonNode started = message.path("message");
                begin(started, to);
                usage(started.path("usage"), to);
            }
            case "content_block_start" -> {
                demandBegun();
                blocks.put(index(message), started(message.path("content_block"), to));
            }
            case "content_block_delta" -> {
                demandBegun();
                delta(message, to);
            }
            case "content_block_stop" -> {
                OpenBlock block = blocks.remove(index(message));
                if (block != null) {
                    block.close(to);
                }
            }
            case "message_delta" -> {
                stop(message.path("delta"));
                usage(message.path("usage"), to);
            }
            case "message_stop" -> finish(to);
            case "error" -> fail(message, to);
            default -> {
                // A ping, or something that a later version of the API adds.
            }
        }
    }

    @Override
    public void end(Consumer<ReplyEvent> to) {
        if (!over) {
            if (reason == null) {
                throw new MalformedChat("", "ends before its last event");
            }
            finish(to);
        }
    }

    @Override
    public void whole(JsonNode answer, Consumer<ReplyEvent> to) {
        if (answer.path("type").asString("").equals("error")) {
            fail(answer, to);
            return;
        }
        if (!answer.path("content").isArray()) {
            throw new MalformedChat("content", "must be a list");
        }
        begin(answer, to);
        for (JsonNode content : answer.path("content")) {
            started(content, to).close(to);
        }
        stop(answer);
        usage(answer.path("usage"), to);
        finish(to);
    }

    private void begin(JsonNode message, Consumer<ReplyEvent> to) {
        if (!begun) {
            begun = true;
            to.accept(new ReplyEvent.Begun(message.path("id").asString("")));
        }
    }

    private void demandBegun() {
        if (!begun) {
            throw new MalformedChat("", "has content before it begins");
        }
    }

    private static int index(JsonNode message) {
        return message.path("index").asInt(0);
    }

    private OpenBlock started(JsonNode content, Consumer<ReplyEvent> to) {
        switch (content.path("type").asString("")) {
            case "text" -> text(content.path("text").asString(""), to);
            case "thinking" -> {
                OpenBlock block = OpenBlock.ofWords();
                thought(content.path("thinking").asString(""), to);
                block.addSignature(content.path("signature").asString(""));
                return block;
            }
            case "redacted_thinking" ->
                    to.accept(
                            new ReplyEvent.ReasoningSealed(
                                    content.path("data").asString(""), true));
            case "tool_use" -> {
                OpenBlock block = OpenBlock.ofCall(calls);
                to.accept(
                        new ReplyEvent.ToolCallBegun(
                                calls++, demanded(content, "id"), demanded(content, "name")));
                JsonNode arguments = content.path("input");
                if (arguments.isObject() && !arguments.isEmpty()) {
                    block.addArguments(arguments.toString(), to);
                }
                return block;
            }
            default -> {
                // What the server does by itself is for nobody who did not ask for it.
            }
        }
        return OpenBlock.ofWords();
    }

    private static String demanded(JsonNode content, String field) {
        String value = content.path(field).asString("");
        if (value.isEmpty()) {
            throw new MalformedChat(field, "is missing");
        }
        return value;
    }

    private void delta(JsonNode message, Consumer<ReplyEvent> to) {
        JsonNode delta = message.path("delta");
        OpenBlock block = blocks.computeIfAbsent(index(message), _ -> OpenBlock.ofWords());
        switch (delta.path("type").asString("")) {
            case "text_delta" -> text(delta.path("text").asString(""), to);
            case "thinking_delta" -> thought(delta.path("thinking").asString(""), to);
            case "signature_delta" -> block.addSignature(delta.path("signature").asString(""));
            case "input_json_delta" ->
                    block.addArguments(delta.path("partial_json").asString(""), to);
            default -> {
                // Citations, for which other formats have no word.
            }
        }
    }

    private static void text(String text, Consumer<ReplyEvent> to) {
        if (!text.isEmpty()) {
            to.accept(new ReplyEvent.TextDelta(text));
        }
    }

    private static void thought(String text, Consumer<ReplyEvent> to) {
        if (!text.isEmpty()) {
            to.accept(new ReplyEvent.ReasoningDelta(text));
        }
    }

    private void stop(JsonNode delta) {
        String word = delta.path("stop_reason").asString("");
        if (!word.isEmpty()) {
            reason =
                    switch (word) {
                        case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
                        case "tool_use" -> FinishReason.TOOL_CALLS;
                        case "refusal" -> FinishReason.CONTENT_FILTER;
                        case "pause_turn" -> FinishReason.PAUSE;
                        default -> FinishReason.STOP;
                    };
        }
        stopSequence = delta.path("stop_sequence").asString("");
    }

    /** Numbers are totals so far; one that is not told again stays. */
    private void usage(JsonNode usage, Consumer<ReplyEvent> to) {
        if (!usage.isObject()) {
            return;
        }
        input = number(usage.path("input_tokens"), input);
        cacheReads = number(usage.path("cache_read_input_tokens"), cacheReads);
        cacheWrites = number(usage.path("cache_creation_input_tokens"), cacheWrites);
        output = number(usage.path("output_tokens"), output);
        JsonNode details = usage.path("output_tokens_details");
        reasoning = number(details.path("thinking_tokens"), reasoning);
        to.accept(
                new ReplyEvent.UsageReported(
                        new TokenUsage(
                                input + cacheReads + cacheWrites,
                                cacheReads,
                                cacheWrites,
                                output,
                                reasoning)));
    }

    private static long number(JsonNode told, long before) {
        return told.isIntegralNumber() ? told.longValue() : before;
    }

    private void finish(Consumer<ReplyEvent> to) {
        if (!begun) {
            throw new MalformedChat("", "ends before it begins");
        }
        over = true;
        to.accept(
                new ReplyEvent.Finished(reason == null ? FinishReason.STOP : reason, stopSequence));
    }

    private void fail(JsonNode message, Consumer<ReplyEvent> to) {
        over = true;
        to.accept(
                new Failed(
                        switch (message.path("error").path("type").asString("")) {
                            case "overloaded_error" -> Failed.Kind.OVERLOADED;
                            case "rate_limit_error" -> Failed.Kind.RATE_LIMITED;
                            default -> Failed.Kind.OTHER;
                        }));
    }
}
