package com.neuralrouter.server.provider.bedrock;

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
 * Reads an answer of Converse or ConverseStream (Amazon Bedrock API reference, read 2026-11). The
 * usage comes behind the end of the message, so the end is handed on when the stream is over.
 */
final class ConverseReader implements ReplyReader {
    private final Map<Integer, OpenBlock> blocks = new HashMap<>();
    private int calls;
    private boolean begun;
    private boolean failed;
    private @Nullable FinishReason reason;

    @Override
    public void message(String name, JsonNode message, Consumer<ReplyEvent> to) {
        if (failed) {
            return;
        }
        if (name.startsWith(AmazonEvents.EXCEPTION)) {
            fail(name.substring(AmazonEvents.EXCEPTION.length()), to);
            return;
        }
        switch (name) {
            case "messageStart" -> begin(to);
            case "contentBlockStart" -> {
                demandBegun();
                JsonNode call = message.path("start").path("toolUse");
                if (call.isObject()) {
                    blocks.put(index(message), called(call, to));
                }
            }
            case "contentBlockDelta" -> {
                demandBegun();
                OpenBlock block = blocks.computeIfAbsent(index(message), _ -> OpenBlock.ofWords());
                delta(block, message.path("delta"), to);
            }
            case "contentBlockStop" -> {
                OpenBlock block = blocks.remove(index(message));
                if (block != null) {
                    block.close(to);
                }
            }
            case "messageStop" -> reason = reason(message.path("stopReason").asString(""));
            case "metadata" -> usage(message.path("usage"), to);
            default -> {
                // Something that a later version of the API adds.
            }
        }
    }

    @Override
    public void end(Consumer<ReplyEvent> to) {
        if (failed) {
            return;
        }
        if (!begun || reason == null) {
            throw new MalformedChat("", "ends before its last event");
        }
        to.accept(new ReplyEvent.Finished(reason, ""));
    }

    @Override
    public void whole(JsonNode answer, Consumer<ReplyEvent> to) {
        JsonNode content = answer.path("output").path("message").path("content");
        if (!content.isArray()) {
            throw new MalformedChat("output.message.content", "must be a list");
        }
        begin(to);
        content.forEach(part -> block(part, to));
        reason = reason(answer.path("stopReason").asString(""));
        usage(answer.path("usage"), to);
        end(to);
    }

    private void block(JsonNode content, Consumer<ReplyEvent> to) {
        text(content.path("text").asString(""), to);
        content.path("citationsContent")
                .path("content")
                .forEach(cited -> text(cited.path("text").asString(""), to));
        JsonNode call = content.path("toolUse");
        if (call.isObject()) {
            OpenBlock block = called(call, to);
            JsonNode arguments = call.path("input");
            if (arguments.isObject()) {
                block.addArguments(arguments.toString(), to);
            }
            block.close(to);
        }
        JsonNode reasoning = content.path("reasoningContent");
        if (reasoning.isObject()) {
            OpenBlock block = OpenBlock.ofWords();
            reasoning(block, reasoning.path("reasoningText"), to);
            reasoning(block, reasoning, to);
            block.close(to);
        }
    }

    private void begin(Consumer<ReplyEvent> to) {
        if (!begun) {
            begun = true;
            to.accept(new ReplyEvent.Begun(""));
        }
    }

    private void demandBegun() {
        if (!begun) {
            throw new MalformedChat("", "has content before it begins");
        }
    }

    private static int index(JsonNode message) {
        return message.path("contentBlockIndex").asInt(0);
    }

    private OpenBlock called(JsonNode call, Consumer<ReplyEvent> to) {
        String id = call.path("toolUseId").asString("");
        String name = call.path("name").asString("");
        if (id.isEmpty() || name.isEmpty()) {
            throw new MalformedChat("toolUse", "has no id or no name");
        }
        to.accept(new ReplyEvent.ToolCallBegun(calls, id, name));
        return OpenBlock.ofCall(calls++);
    }

    private static void delta(OpenBlock block, JsonNode delta, Consumer<ReplyEvent> to) {
        text(delta.path("text").asString(""), to);
        block.addArguments(delta.path("toolUse").path("input").asString(""), to);
        reasoning(block, delta.path("reasoningContent"), to);
    }

    private static void reasoning(OpenBlock block, JsonNode reasoning, Consumer<ReplyEvent> to) {
        String text = reasoning.path("text").asString("");
        if (!text.isEmpty()) {
            to.accept(new ReplyEvent.ReasoningDelta(text));
        }
        block.addSignature(reasoning.path("signature").asString(""));
        String redacted = reasoning.path("redactedContent").asString("");
        if (!redacted.isEmpty()) {
            to.accept(new ReplyEvent.ReasoningSealed(redacted, true));
        }
    }

    private static void text(String text, Consumer<ReplyEvent> to) {
        if (!text.isEmpty()) {
            to.accept(new ReplyEvent.TextDelta(text));
        }
    }

    private static FinishReason reason(String word) {
        return switch (word) {
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            case "tool_use" -> FinishReason.TOOL_CALLS;
            case "guardrail_intervened", "content_filtered" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.STOP;
        };
    }

    /** Its {@code inputTokens} leave out what was read from or written into a cache. */
    private static void usage(JsonNode usage, Consumer<ReplyEvent> to) {
        if (usage.isObject()) {
            long reads = usage.path("cacheReadInputTokens").asLong(0);
            long writes = usage.path("cacheWriteInputTokens").asLong(0);
            to.accept(
                    new ReplyEvent.UsageReported(
                            new TokenUsage(
                                    usage.path("inputTokens").asLong(0) + reads + writes,
                                    reads,
                                    writes,
                                    usage.path("outputTokens").asLong(0),
                                    0)));
        }
    }

    private void fail(String exception, Consumer<ReplyEvent> to) {
        failed = true;
        to.accept(
                new Failed(
                        switch (exception) {
                            case "throttlingException", "ThrottlingException" ->
                                    Failed.Kind.RATE_LIMITED;
                            case "serviceUnavailableException", "ServiceUnavailableException" ->
                                    Failed.Kind.OVERLOADED;
                            default -> Failed.Kind.OTHER;
                        }));
    }
}
