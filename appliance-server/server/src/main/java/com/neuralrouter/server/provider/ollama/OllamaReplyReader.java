package com.neuralrouter.server.provider.ollama;

import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.MalformedChat;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyReader;
import com.neuralrouter.server.chat.TokenUsage;
import com.neuralrouter.server.provider.http.CallIds;

import tools.jackson.databind.JsonNode;

import java.util.function.Consumer;

/**
 * Reads the answers of {@code POST /api/chat}: one object for a whole answer, a line for each piece
 * of a stream. Used by one thread.
 */
final class OllamaReplyReader implements ReplyReader {
    private final CallIds ids;
    private boolean begun;
    private boolean failed;
    private boolean done;
    private String reason = "";
    private int calls;

    OllamaReplyReader(CallIds ids) {
        this.ids = ids;
    }

    @Override
    public void message(String name, JsonNode message, Consumer<ReplyEvent> to) {
        if (failed) {
            return;
        }
        if (message.hasNonNull("error")) {
            failed = true;
            to.accept(new ReplyEvent.Failed(ReplyEvent.Failed.Kind.OTHER));
            return;
        }
        if (!message.isObject()) {
            throw new MalformedChat("", "must be an object");
        }
        if (!begun) {
            begun = true;
            to.accept(new ReplyEvent.Begun(""));
        }
        said(message.path("message"), to);
        if (message.path("done").asBoolean(false)) {
            done = true;
            reason = message.path("done_reason").asString("");
            usage(message, to);
        }
    }

    @Override
    public void end(Consumer<ReplyEvent> to) {
        if (failed) {
            return;
        }
        if (!done) {
            throw new MalformedChat("", "ends before the answer does");
        }
        FinishReason finish = calls > 0 ? FinishReason.TOOL_CALLS : FinishReason.STOP;
        to.accept(
                new ReplyEvent.Finished(
                        reason.equals("length") ? FinishReason.LENGTH : finish, ""));
    }

    @Override
    public void whole(JsonNode answer, Consumer<ReplyEvent> to) {
        message("", answer, to);
        end(to);
    }

    private void said(JsonNode message, Consumer<ReplyEvent> to) {
        String thinking = message.path("thinking").asString("");
        if (!thinking.isEmpty()) {
            to.accept(new ReplyEvent.ReasoningDelta(thinking));
        }
        String content = message.path("content").asString("");
        if (!content.isEmpty()) {
            to.accept(new ReplyEvent.TextDelta(content));
        }
        for (JsonNode call : message.path("tool_calls")) {
            call(call, to);
        }
        if (!message.path("images").isEmpty()) {
            throw new MalformedChat("message.images", "cannot be passed on");
        }
    }

    private void call(JsonNode call, Consumer<ReplyEvent> to) {
        JsonNode function = call.path("function");
        JsonNode arguments = function.path("arguments");
        String id = ids.of(call.path("id").asString(""), calls);
        to.accept(new ReplyEvent.ToolCallBegun(calls, id, function.path("name").asString("")));
        to.accept(
                new ReplyEvent.ArgumentsDelta(
                        calls, arguments.isObject() ? arguments.toString() : "{}"));
        calls++;
    }

    /**
     * The tokens of a prompt that was still in memory are not counted in some versions; then there
     * is nothing to report, and they are estimated.
     */
    private static void usage(JsonNode message, Consumer<ReplyEvent> to) {
        JsonNode input = message.path("prompt_eval_count");
        JsonNode output = message.path("eval_count");
        if (input.isNumber() && output.isNumber()) {
            to.accept(
                    new ReplyEvent.UsageReported(
                            new TokenUsage(input.asLong(), 0, 0, output.asLong(), 0)));
        }
    }
}
