package com.neuralrouter.server.chat.openai;

import com.neuralrouter.server.chat.EventText;
import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.GatheredReply;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyWriter;
import com.neuralrouter.server.chat.TokenUsage;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes chat completions, whole or as chunks. Thoughts go out as {@code reasoning_content}, the
 * name that most servers and apps know; a provider's seal on them has no place here.
 */
public final class OpenAiReplyWriter implements ReplyWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final For reply;
    private final GatheredReply gathered = new GatheredReply();
    private final EventText events = new EventText();

    public OpenAiReplyWriter(For reply) {
        this.reply = reply;
    }

    @Override
    public byte[] event(ReplyEvent event) {
        if (!reply.stream()) {
            gathered.add(event);
            return NOTHING;
        }
        ObjectNode delta = JsonNodeFactory.instance.objectNode();
        switch (event) {
            case ReplyEvent.Begun _ -> delta.put("role", "assistant").put("content", "");
            case ReplyEvent.TextDelta text -> delta.put("content", text.text());
            case ReplyEvent.ReasoningDelta thought ->
                    delta.put("reasoning_content", thought.text());
            case ReplyEvent.RefusalDelta refusal -> delta.put("refusal", refusal.text());
            case ReplyEvent.ToolCallBegun call ->
                    call(delta, call.call())
                            .put("id", call.id())
                            .put("type", "function")
                            .putObject("function")
                            .put("name", call.name())
                            .put("arguments", "");
            case ReplyEvent.ArgumentsDelta more ->
                    call(delta, more.call()).putObject("function").put("arguments", more.json());
            case ReplyEvent.UsageReported _ -> gathered.add(event);
            case ReplyEvent.Finished finished -> {
                return finished(finished);
            }
            case ReplyEvent.ReasoningSealed _, ReplyEvent.Failed _ -> {}
        }
        return delta.isEmpty() ? NOTHING : events.add(chunk(delta, null)).take();
    }

    @Override
    public byte[] whole() {
        ObjectNode answer = envelope("chat.completion");
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        message(choice.putObject("message"));
        choice.putNull("logprobs").put("finish_reason", word(gathered.finished().reason()));
        answer.set("usage", usage(gathered.usage()));
        return JSON.writeValueAsBytes(answer);
    }

    private static ObjectNode call(ObjectNode delta, int number) {
        return delta.putArray("tool_calls").addObject().put("index", number);
    }

    private byte[] finished(ReplyEvent.Finished finished) {
        events.add(chunk(JsonNodeFactory.instance.objectNode(), word(finished.reason())));
        if (reply.usage()) {
            ObjectNode last = envelope("chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage(gathered.usage()));
            events.add(last);
        }
        return events.addWord("[DONE]").take();
    }

    private ObjectNode chunk(ObjectNode delta, @Nullable String finish) {
        ObjectNode chunk = envelope("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finish);
        if (reply.usage()) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    private ObjectNode envelope(String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "chatcmpl-" + reply.id())
                .put("object", object)
                .put("created", reply.createdEpochSeconds())
                .put("model", reply.model());
    }

    private void message(ObjectNode message) {
        var text = new StringBuilder();
        var thoughts = new StringBuilder();
        var refusal = new StringBuilder();
        ArrayNode calls = JsonNodeFactory.instance.arrayNode();
        for (Part part : gathered.parts()) {
            switch (part) {
                case Part.Text said -> text.append(said.text());
                case Part.Reasoning thought -> thoughts.append(thought.text());
                case Part.Refusal declined -> refusal.append(declined.text());
                case Part.ToolCall call ->
                        calls.addObject()
                                .put("id", call.id())
                                .put("type", "function")
                                .putObject("function")
                                .put("name", call.name())
                                .put("arguments", call.arguments());
                case Part.Image _, Part.Document _, Part.Audio _, Part.ToolResult _ -> {}
            }
        }
        boolean silent = text.isEmpty() && !(calls.isEmpty() && refusal.isEmpty());
        message.put("role", "assistant").put("content", silent ? null : text.toString());
        message.put("refusal", refusal.isEmpty() ? null : refusal.toString());
        if (!thoughts.isEmpty()) {
            message.put("reasoning_content", thoughts.toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
    }

    private static ObjectNode usage(TokenUsage usage) {
        ObjectNode written =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("prompt_tokens", usage.input())
                        .put("completion_tokens", usage.output())
                        .put("total_tokens", usage.input() + usage.output());
        written.putObject("prompt_tokens_details").put("cached_tokens", usage.cachedInput());
        written.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
        return written;
    }

    /** Of a pause the format knows nothing: the app asks on, as it does after any answer. */
    private static String word(FinishReason reason) {
        return switch (reason) {
            case STOP, PAUSE -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER -> "content_filter";
        };
    }
}
