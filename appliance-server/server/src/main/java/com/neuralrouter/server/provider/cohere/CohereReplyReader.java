package com.neuralrouter.server.provider.cohere;

import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.MalformedChat;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyReader;
import com.neuralrouter.server.chat.TokenUsage;
import com.neuralrouter.server.provider.http.CallIds;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.function.Consumer;

/**
 * Reads the answers of {@code POST /v2/chat}. Citations are passed over: no format of an app's has
 * a place for them. Used by one thread.
 */
final class CohereReplyReader implements ReplyReader {
    private final CallIds ids;
    private boolean failed;
    private boolean begun;
    private int calls;

    /** Whether the call that is being read has no arguments yet. */
    private boolean bare;

    private @Nullable FinishReason finish;

    CohereReplyReader(CallIds ids) {
        this.ids = ids;
    }

    @Override
    public void message(String name, JsonNode event, Consumer<ReplyEvent> to) {
        if (failed) {
            return;
        }
        JsonNode delta = event.path("delta");
        JsonNode message = delta.path("message");
        switch (event.path("type").asString("")) {
            case "message-start" -> begin(event.path("id").asString(""), to);
            case "content-start", "content-delta" -> content(message.path("content"), to);
            case "tool-plan-delta" -> text(message.path("tool_plan").asString(""), to);
            case "tool-call-start" -> call(message.path("tool_calls"), to);
            case "tool-call-delta" -> arguments(message.path("tool_calls"), to);
            case "tool-call-end" -> callEnds(to);
            case "message-end" -> {
                usage(delta.path("usage"), to);
                finish(delta.path("finish_reason").asString(""), to);
            }
            case "" -> fail(to);
            default -> {}
        }
    }

    @Override
    public void end(Consumer<ReplyEvent> to) {
        if (failed) {
            return;
        }
        if (finish == null || !begun) {
            throw new MalformedChat("", "ends before the answer does");
        }
        to.accept(new ReplyEvent.Finished(finish, ""));
    }

    @Override
    public void whole(JsonNode answer, Consumer<ReplyEvent> to) {
        if (!answer.path("finish_reason").isString()) {
            throw new MalformedChat("finish_reason", "must be a string");
        }
        begin(answer.path("id").asString(""), to);
        JsonNode message = answer.path("message");
        JsonNode content = message.path("content");
        if (content.isString()) {
            text(content.asString(), to);
        } else {
            content.forEach(part -> content(part, to));
        }
        text(message.path("tool_plan").asString(""), to);
        for (JsonNode call : message.path("tool_calls")) {
            call(call, to);
            callEnds(to);
        }
        usage(answer.path("usage"), to);
        finish(answer.path("finish_reason").asString(""), to);
        end(to);
    }

    private void begin(String id, Consumer<ReplyEvent> to) {
        begun = true;
        to.accept(new ReplyEvent.Begun(id));
    }

    private static void content(JsonNode content, Consumer<ReplyEvent> to) {
        String thinking = content.path("thinking").asString("");
        if (!thinking.isEmpty()) {
            to.accept(new ReplyEvent.ReasoningDelta(thinking));
        }
        text(content.path("text").asString(""), to);
    }

    private static void text(String text, Consumer<ReplyEvent> to) {
        if (!text.isEmpty()) {
            to.accept(new ReplyEvent.TextDelta(text));
        }
    }

    private void call(JsonNode call, Consumer<ReplyEvent> to) {
        String id = ids.of(call.path("id").asString(""), calls);
        String name = call.path("function").path("name").asString("");
        to.accept(new ReplyEvent.ToolCallBegun(calls, id, name));
        calls++;
        bare = true;
        arguments(call, to);
    }

    private void arguments(JsonNode call, Consumer<ReplyEvent> to) {
        String arguments = call.path("function").path("arguments").asString("");
        if (calls == 0) {
            throw new MalformedChat("tool_calls", "go on before they begin");
        }
        if (!arguments.isEmpty()) {
            bare = false;
            to.accept(new ReplyEvent.ArgumentsDelta(calls - 1, arguments));
        }
    }

    /** A call without arguments has an empty object of them. */
    private void callEnds(Consumer<ReplyEvent> to) {
        if (bare) {
            bare = false;
            to.accept(new ReplyEvent.ArgumentsDelta(calls - 1, "{}"));
        }
    }

    /** The billed tokens are what an answer costs; where they are not told, all tokens count. */
    private static void usage(JsonNode usage, Consumer<ReplyEvent> to) {
        JsonNode tokens = usage.path("billed_units");
        if (!tokens.path("input_tokens").isNumber()) {
            tokens = usage.path("tokens");
        }
        if (!tokens.path("input_tokens").isNumber()) {
            return;
        }
        long input = tokens.path("input_tokens").asLong();
        long cached = Math.min(input, usage.path("cached_tokens").asLong(0));
        to.accept(
                new ReplyEvent.UsageReported(
                        new TokenUsage(
                                input, cached, 0, tokens.path("output_tokens").asLong(0), 0)));
    }

    private void finish(String reason, Consumer<ReplyEvent> to) {
        callEnds(to);
        switch (reason) {
            case "COMPLETE", "STOP_SEQUENCE" -> finish = FinishReason.STOP;
            case "MAX_TOKENS" -> finish = FinishReason.LENGTH;
            case "TOOL_CALL" -> finish = FinishReason.TOOL_CALLS;
            case "ERROR_TOXIC" -> finish = FinishReason.CONTENT_FILTER;
            // ERROR, TIMEOUT
            default -> fail(to);
        }
    }

    private void fail(Consumer<ReplyEvent> to) {
        failed = true;
        to.accept(new ReplyEvent.Failed(ReplyEvent.Failed.Kind.OTHER));
    }
}
