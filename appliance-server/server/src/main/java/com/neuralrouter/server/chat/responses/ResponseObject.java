package com.neuralrouter.server.chat.responses;

import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.ReplyWriter.For;
import com.neuralrouter.server.chat.TokenUsage;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The object {@code response} of an answer, with what it tells of the request again. */
final class ResponseObject {
    private final For reply;
    private final JsonNode request;

    ResponseObject(For reply, JsonNode request) {
        this.reply = reply;
        this.request = request;
    }

    ObjectNode begun() {
        ObjectNode response = of("in_progress");
        response.putNull("incomplete_details").putArray("output");
        return response.putNull("usage");
    }

    ObjectNode ended(ArrayNode output, FinishReason reason, TokenUsage usage) {
        boolean complete = reason != FinishReason.LENGTH && reason != FinishReason.CONTENT_FILTER;
        ObjectNode response = of(complete ? "completed" : "incomplete");
        if (complete) {
            response.putNull("incomplete_details");
        } else {
            response.putObject("incomplete_details")
                    .put(
                            "reason",
                            reason == FinishReason.LENGTH ? "max_output_tokens" : "content_filter");
        }
        response.set("output", output);
        ObjectNode used =
                response.putObject("usage")
                        .put("input_tokens", usage.input())
                        .put("output_tokens", usage.output())
                        .put("total_tokens", usage.input() + usage.output());
        used.putObject("input_tokens_details").put("cached_tokens", usage.cachedInput());
        used.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
        return response;
    }

    private ObjectNode of(String status) {
        ObjectNode response =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", "resp_" + reply.id())
                        .put("object", "response")
                        .put("created_at", reply.createdEpochSeconds())
                        .put("status", status)
                        .put("background", false)
                        .put("model", reply.model())
                        .put("store", false)
                        .put("truncation", "disabled")
                        .putNull("error")
                        .putNull("previous_response_id");
        for (String name :
                new String[] {
                    "instructions",
                    "max_output_tokens",
                    "temperature",
                    "top_p",
                    "user",
                    "safety_identifier",
                    "prompt_cache_key"
                }) {
            response.set(name, again(name, JsonNodeFactory.instance.nullNode()));
        }
        response.set("metadata", again("metadata", response.objectNode()));
        response.set(
                "parallel_tool_calls",
                again("parallel_tool_calls", JsonNodeFactory.instance.booleanNode(true)));
        response.set(
                "tool_choice", again("tool_choice", JsonNodeFactory.instance.stringNode("auto")));
        response.set("tools", again("tools", response.arrayNode()));
        response.set("reasoning", again("reasoning", nothingOfReasoning()));
        response.set("text", again("text", plainText()));
        return response;
    }

    private JsonNode again(String name, JsonNode otherwise) {
        JsonNode given = request.path(name);
        return given.isMissingNode() || given.isNull() ? otherwise : given;
    }

    private static ObjectNode nothingOfReasoning() {
        return JsonNodeFactory.instance.objectNode().putNull("effort").putNull("summary");
    }

    private static ObjectNode plainText() {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.putObject("format").put("type", "text");
        return text;
    }
}
