package com.neuralrouter.server.chat.openai;

import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.MalformedChat;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyEvent.Failed;
import com.neuralrouter.server.chat.ReplyReader;
import com.neuralrouter.server.chat.TokenUsage;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * Reads OpenAI's chat completions, whole or as chunks. Only the first choice is read: no more than
 * one is ever asked for. The end is held back, because the usage comes after it.
 */
public final class OpenAiReplyReader implements ReplyReader {
    private boolean begun;
    private boolean failed;
    private @Nullable FinishReason finish;
    private String stopSequence = "";
    private String id = "";
    private final OpenAiToolCalls calls = new OpenAiToolCalls();

    @Override
    public void message(String name, JsonNode message, Consumer<ReplyEvent> to) {
        if (failed || failure(name.equals("error"), message, to)) {
            return;
        }
        begin(message, to);
        for (JsonNode choice : message.path("choices")) {
            if (choice.path("index").asInt(0) == 0) {
                said(choice.path("delta"), to);
                finish(choice);
            }
        }
        usage(message.path("usage"), to);
    }

    @Override
    public void end(Consumer<ReplyEvent> to) {
        if (failed) {
            return;
        }
        FinishReason reason = finish;
        if (reason == null) {
            throw new MalformedChat("choices", "must end with a finish_reason");
        }
        calls.end(to);
        boolean waits = reason == FinishReason.STOP && calls.any();
        to.accept(new ReplyEvent.Finished(waits ? FinishReason.TOOL_CALLS : reason, stopSequence));
    }

    @Override
    public void whole(JsonNode answer, Consumer<ReplyEvent> to) {
        if (failure(false, answer, to)) {
            return;
        }
        JsonNode choice = answer.path("choices").path(0);
        if (!choice.path("message").isObject()) {
            throw new MalformedChat("choices", "must have a message");
        }
        begin(answer, to);
        said(choice.path("message"), to);
        usage(answer.path("usage"), to);
        finish(choice);
        if (finish == null) {
            finish = FinishReason.STOP;
        }
        end(to);
    }

    private void begin(JsonNode message, Consumer<ReplyEvent> to) {
        if (!begun) {
            begun = true;
            id = message.path("id").asString("");
            to.accept(new ReplyEvent.Begun(id));
        }
    }

    private void said(JsonNode said, Consumer<ReplyEvent> to) {
        String thought = text(said.path("reasoning_content"));
        if (thought.isEmpty()) {
            thought = text(said.path("reasoning"));
        }
        if (!thought.isEmpty()) {
            to.accept(new ReplyEvent.ReasoningDelta(thought));
        }
        content(said.path("content"), to);
        String refusal = text(said.path("refusal"));
        if (!refusal.isEmpty()) {
            to.accept(new ReplyEvent.RefusalDelta(refusal));
        }
        for (JsonNode call : said.path("tool_calls")) {
            calls.add(call, id, to);
        }
    }

    /** A string; from Mistral's reasoning models a list of pieces. */
    private static void content(JsonNode content, Consumer<ReplyEvent> to) {
        if (!content.isArray()) {
            String text = text(content);
            if (!text.isEmpty()) {
                to.accept(new ReplyEvent.TextDelta(text));
            }
            return;
        }
        for (JsonNode piece : content) {
            if (piece.path("type").asString("").equals("thinking")) {
                for (JsonNode thought : piece.path("thinking")) {
                    to.accept(new ReplyEvent.ReasoningDelta(text(thought.path("text"))));
                }
            } else if (piece.path("text").isString()) {
                to.accept(new ReplyEvent.TextDelta(text(piece.path("text"))));
            }
        }
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.asString() : "";
    }

    private void finish(JsonNode choice) {
        if (!choice.path("finish_reason").isString()) {
            return;
        }
        finish =
                switch (choice.path("finish_reason").asString()) {
                    case "length" -> FinishReason.LENGTH;
                    case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
                    case "content_filter" -> FinishReason.CONTENT_FILTER;
                    default -> FinishReason.STOP;
                };
        stopSequence = text(choice.path("stop_reason"));
    }

    private static void usage(JsonNode usage, Consumer<ReplyEvent> to) {
        if (usage.isObject()) {
            JsonNode prompt = usage.path("prompt_tokens_details");
            to.accept(
                    new ReplyEvent.UsageReported(
                            new TokenUsage(
                                    usage.path("prompt_tokens").asLong(0),
                                    prompt.path("cached_tokens").asLong(0),
                                    prompt.path("cache_write_tokens").asLong(0),
                                    usage.path("completion_tokens").asLong(0),
                                    usage.path("completion_tokens_details")
                                            .path("reasoning_tokens")
                                            .asLong(0))));
        }
    }

    /** Whether it is an error object; also servers that answer 200 send one. */
    private boolean failure(boolean named, JsonNode message, Consumer<ReplyEvent> to) {
        JsonNode error = message.path("error");
        boolean flat = message.path("object").asString("").equals("error");
        if (!named && !flat && (error.isMissingNode() || error.isNull())) {
            return false;
        }
        failed = true;
        JsonNode said = error.isObject() ? error : message;
        String words =
                (said.path("type").asString("") + ' ' + said.path("code").asString(""))
                        .toLowerCase(Locale.ROOT);
        to.accept(new Failed(kind(words)));
        return true;
    }

    private static Failed.Kind kind(String words) {
        if (words.contains("rate_limit") || words.contains("429") || words.contains("quota")) {
            return Failed.Kind.RATE_LIMITED;
        }
        return words.contains("overloaded") || words.contains("503")
                ? Failed.Kind.OVERLOADED
                : Failed.Kind.OTHER;
    }
}
