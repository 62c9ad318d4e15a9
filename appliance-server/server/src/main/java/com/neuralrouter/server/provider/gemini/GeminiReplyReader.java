package com.neuralrouter.server.provider.gemini;

import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.MalformedChat;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyEvent.Failed;
import com.neuralrouter.server.chat.ReplyReader;
import com.neuralrouter.server.chat.TokenUsage;
import com.neuralrouter.server.provider.http.CallIds;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.function.Consumer;

/**
 * Reads {@code GenerateContentResponse}s: one for a whole answer, a sequence of them for a stream.
 * Used by one thread.
 */
final class GeminiReplyReader implements ReplyReader {
    private final CallIds ids;
    private boolean begun;
    private boolean failed;
    private boolean thinking;
    private int calls;
    private @Nullable FinishReason finish;

    GeminiReplyReader(CallIds ids) {
        this.ids = ids;
    }

    @Override
    public void message(String name, JsonNode message, Consumer<ReplyEvent> to) {
        if (failed) {
            return;
        }
        if (message.path("error").isObject()) {
            fail(kind(message.path("error").path("code").asInt(0)), to);
            return;
        }
        if (!message.isObject()) {
            throw new MalformedChat("", "must be an object");
        }
        if (!begun) {
            begun = true;
            to.accept(new ReplyEvent.Begun(message.path("responseId").asString("")));
        }
        if (message.path("promptFeedback").hasNonNull("blockReason")) {
            finish = FinishReason.CONTENT_FILTER;
        }
        JsonNode candidate = message.path("candidates").path(0);
        for (JsonNode part : candidate.path("content").path("parts")) {
            part(part, to);
        }
        usage(message.path("usageMetadata"), to);
        if (candidate.path("finishReason").isString()) {
            finish(candidate.path("finishReason").asString(), to);
        }
    }

    @Override
    public void end(Consumer<ReplyEvent> to) {
        if (failed) {
            return;
        }
        if (finish == null) {
            throw new MalformedChat("", "ends before the answer does");
        }
        boolean waits = finish == FinishReason.STOP && calls > 0;
        to.accept(new ReplyEvent.Finished(waits ? FinishReason.TOOL_CALLS : finish, ""));
    }

    @Override
    public void whole(JsonNode answer, Consumer<ReplyEvent> to) {
        message("", answer, to);
        end(to);
    }

    /** A signature stands at the part that follows the thought, which may be all but empty. */
    private void part(JsonNode part, Consumer<ReplyEvent> to) {
        boolean thought = part.path("thought").asBoolean(false);
        String text = part.path("text").asString("");
        if (thought && !text.isEmpty()) {
            thinking = true;
            to.accept(new ReplyEvent.ReasoningDelta(text));
        }
        String signature = part.path("thoughtSignature").asString("");
        if (!signature.isEmpty()) {
            to.accept(new ReplyEvent.ReasoningSealed(GeminiSeals.of(signature), !thinking));
            thinking = false;
        }
        if (part.path("functionCall").isObject()) {
            thinking = false;
            call(part.path("functionCall"), to);
        } else if (!thought && !text.isEmpty()) {
            thinking = false;
            to.accept(new ReplyEvent.TextDelta(text));
        } else if (!part.has("text") && signature.isEmpty() && !part.isEmpty()) {
            throw new MalformedChat(
                    "candidates[0].content.parts", "has what is neither a text nor a call");
        }
    }

    private void call(JsonNode call, Consumer<ReplyEvent> to) {
        String id = ids.of(call.path("id").asString(""), calls);
        JsonNode arguments = call.path("args");
        to.accept(new ReplyEvent.ToolCallBegun(calls, id, call.path("name").asString("")));
        to.accept(
                new ReplyEvent.ArgumentsDelta(
                        calls, arguments.isObject() ? arguments.toString() : "{}"));
        calls++;
    }

    /** Gemini leaves the thoughts out of what it calls the candidates' tokens. */
    private static void usage(JsonNode usage, Consumer<ReplyEvent> to) {
        if (!usage.isObject()) {
            return;
        }
        long thoughts = usage.path("thoughtsTokenCount").asLong(0);
        to.accept(
                new ReplyEvent.UsageReported(
                        new TokenUsage(
                                usage.path("promptTokenCount").asLong(0)
                                        + usage.path("toolUsePromptTokenCount").asLong(0),
                                usage.path("cachedContentTokenCount").asLong(0),
                                0,
                                usage.path("candidatesTokenCount").asLong(0) + thoughts,
                                thoughts)));
    }

    private void finish(String reason, Consumer<ReplyEvent> to) {
        switch (reason) {
            case "STOP" -> finish = FinishReason.STOP;
            case "MAX_TOKENS" -> finish = FinishReason.LENGTH;
            case "SAFETY",
                    "RECITATION",
                    "LANGUAGE",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION" ->
                    finish = FinishReason.CONTENT_FILTER;
            // MALFORMED_FUNCTION_CALL, UNEXPECTED_TOOL_CALL, OTHER: the answer is not what the
            // model wanted to say.
            default -> fail(Failed.Kind.OTHER, to);
        }
    }

    private void fail(Failed.Kind kind, Consumer<ReplyEvent> to) {
        failed = true;
        to.accept(new Failed(kind));
    }

    private static Failed.Kind kind(int code) {
        return switch (code) {
            case 429 -> Failed.Kind.RATE_LIMITED;
            case 503 -> Failed.Kind.OVERLOADED;
            default -> Failed.Kind.OTHER;
        };
    }
}
