package com.neuralrouter.server.provider.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.server.provider.ProviderCall;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes the loopback's answers in OpenAI's format (API reference, "Chat": the chat completion
 * object, the chat completion chunk object, and the error object).
 */
final class LoopbackWriter {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream; charset=utf-8";

    private final JsonMapper json;
    private final ProviderCall call;
    private final long createdSeconds;

    LoopbackWriter(JsonMapper json, ProviderCall call, long createdSeconds) {
        this.json = json;
        this.call = call;
        this.createdSeconds = createdSeconds;
    }

    LoopbackAnswer completion(LoopbackChat chat) {
        ObjectNode answer = head("chat.completion");
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", chat.text())
                .putNull("refusal");
        choice.putNull("logprobs").put("finish_reason", finishReason(chat));
        putUsage(answer, chat);
        return LoopbackAnswer.whole(200, JSON, json.writeValueAsBytes(answer));
    }

    LoopbackAnswer stream(LoopbackChat chat) {
        List<byte[]> events = new ArrayList<>(chat.pieces().size() + 4);
        events.add(chunk(delta -> delta.put("role", "assistant").put("content", ""), null, chat));
        for (String piece : chat.pieces()) {
            events.add(chunk(delta -> delta.put("content", piece), null, chat));
        }
        events.add(chunk(_ -> {}, finishReason(chat), chat));
        if (chat.reportUsage()) {
            ObjectNode usage = head("chat.completion.chunk");
            usage.putArray("choices");
            putUsage(usage, chat);
            events.add(event(usage.toString()));
        }
        events.add(event("[DONE]"));
        return LoopbackAnswer.stream(EVENTS, events);
    }

    LoopbackAnswer refusal(LoopbackRefusal refusal) {
        ObjectNode body = json.createObjectNode();
        body.putObject("error")
                .put("message", "Loopback: " + refusal.getMessage() + ".")
                .put("type", "invalid_request_error")
                .put("param", refusal.field)
                .put("code", refusal.code);
        return LoopbackAnswer.whole(400, JSON, json.writeValueAsBytes(body));
    }

    private ObjectNode head(String object) {
        return json.createObjectNode()
                .put("id", "chatcmpl-" + call.requestId())
                .put("object", object)
                .put("created", createdSeconds)
                .put("model", call.model())
                .put("system_fingerprint", "loopback");
    }

    private byte[] chunk(
            Consumer<ObjectNode> delta, @Nullable String finishReason, LoopbackChat chat) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        delta.accept(choice.putObject("delta"));
        choice.putNull("logprobs").put("finish_reason", finishReason);
        if (chat.reportUsage()) {
            chunk.putNull("usage");
        }
        return event(chunk.toString());
    }

    private static void putUsage(ObjectNode into, LoopbackChat chat) {
        int completionTokens = chat.pieces().size();
        into.putObject("usage")
                .put("prompt_tokens", chat.promptTokens())
                .put("completion_tokens", completionTokens)
                .put("total_tokens", chat.promptTokens() + completionTokens);
    }

    private static String finishReason(LoopbackChat chat) {
        return chat.cut() ? "length" : "stop";
    }

    private static byte[] event(String data) {
        return ("data: " + data + "\n\n").getBytes(UTF_8);
    }
}
