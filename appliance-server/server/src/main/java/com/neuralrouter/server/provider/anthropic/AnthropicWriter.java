package com.neuralrouter.server.provider.anthropic;

import com.neuralrouter.server.chat.AnthropicThinking;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.ConversationWriter;
import com.neuralrouter.server.chat.Given;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.JoinedTurns;
import com.neuralrouter.server.chat.OutputFormat;
import com.neuralrouter.server.chat.Setting;
import com.neuralrouter.server.chat.Tools;
import com.neuralrouter.server.chat.Turn;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.Map;

/**
 * Writes a chat as a request of the Messages API. Turns of the same side are joined, because the
 * sides must take turns, and results of tools go before what else the user says, as the API wants
 * it.
 */
final class AnthropicWriter implements ConversationWriter {
    /** The API demands a number where OpenAI's does not; docs/reference/providers.md tells it. */
    static final int DEFAULT_TOKENS = 8_192;

    @Override
    public ObjectNode write(Conversation conversation, String model) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("model", model);
        request.put(
                "max_tokens",
                AnthropicThinking.write(conversation, model, DEFAULT_TOKENS, request));
        if (conversation.stream()) {
            request.put("stream", true);
        }
        if (!conversation.instructions().isEmpty()) {
            ArrayNode system = request.putArray("system");
            conversation.instructions().forEach(text -> AnthropicParts.text(text.text(), system));
        }
        ArrayNode messages = request.putArray("messages");
        JoinedTurns.of(conversation.turns()).forEach(turn -> message(turn, messages));
        tools(conversation.tools(), request);
        settings(conversation.settings(), request);
        if (!conversation.stop().sequences().isEmpty()) {
            ArrayNode stop = request.putArray("stop_sequences");
            conversation.stop().sequences().forEach(stop::add);
        }
        output(conversation.output(), request);
        return request;
    }

    private static void message(Turn turn, ArrayNode messages) {
        if (turn.role() == Turn.Role.SYSTEM) {
            throw new Inexpressible(
                    turn.at(), "is of the system, which Anthropic's API has only in the beginning");
        }
        ObjectNode message = messages.addObject();
        message.put("role", turn.role() == Turn.Role.USER ? "user" : "assistant");
        ArrayNode content = message.putArray("content");
        turn.parts().forEach(part -> AnthropicParts.add(part, content));
        if (content.isEmpty()) {
            throw new Inexpressible(
                    turn.at(), "has no content, which Anthropic's API does not take");
        }
    }

    private static void tools(Tools tools, ObjectNode request) {
        if (tools.list().isEmpty()) {
            return;
        }
        ArrayNode list = request.putArray("tools");
        for (Tools.Tool tool : tools.list()) {
            ObjectNode written = list.addObject();
            written.put("name", tool.name());
            if (!tool.description().isEmpty()) {
                written.put("description", tool.description());
            }
            written.set("input_schema", schema(tool.parameters()));
            if (tool.strict()) {
                written.put("strict", true);
            }
        }
        choice(tools, request);
    }

    /** The API demands a type, which OpenAI's lets one leave out. */
    private static JsonNode schema(JsonNode parameters) {
        if (!(parameters instanceof ObjectNode object) || object.has("type")) {
            return parameters;
        }
        ObjectNode typed = object.deepCopy();
        typed.put("type", "object");
        return typed;
    }

    private static void choice(Tools tools, ObjectNode request) {
        ObjectNode choice = JsonNodeFactory.instance.objectNode();
        boolean may =
                switch (tools.choice()) {
                    case Tools.Choice.Auto.AUTO -> {
                        choice.put("type", "auto");
                        yield true;
                    }
                    case Tools.Choice.Auto.REQUIRED -> {
                        choice.put("type", "any");
                        yield true;
                    }
                    case Tools.Choice.Auto.NONE -> {
                        choice.put("type", "none");
                        yield false;
                    }
                    case Tools.Choice.Named named -> {
                        choice.put("type", "tool");
                        choice.put("name", named.name());
                        yield true;
                    }
                };
        if (may && !tools.parallel()) {
            choice.put("disable_parallel_tool_use", true);
        } else if (tools.choice() == Tools.Choice.Auto.AUTO) {
            return;
        }
        request.set("tool_choice", choice);
    }

    private static void settings(Map<Setting, Given> settings, ObjectNode request) {
        settings.forEach((setting, given) -> {
            switch (setting) {
                case MAX_OUTPUT_TOKENS -> {}
                case TEMPERATURE -> {
                    if (given.value().compareTo(BigDecimal.ONE) > 0) {
                        throw new Inexpressible(
                                given.field(), "is above 1, the most that Anthropic's API has");
                    }
                    request.put("temperature", given.value());
                }
                case TOP_P -> request.put("top_p", given.value());
                case TOP_K -> request.put("top_k", given.value());
                case SEED -> throw missing(given);
                case FREQUENCY_PENALTY, PRESENCE_PENALTY -> {
                    if (given.value().signum() != 0) {
                        throw missing(given);
                    }
                }
            }
        });
    }

    private static void output(OutputFormat output, ObjectNode request) {
        switch (output) {
            case OutputFormat.Plain.TEXT -> {}
            case OutputFormat.Plain.JSON ->
                    throw new Inexpressible(
                            "response_format",
                            "asks for any JSON, for which Anthropic's API has no word; give a"
                                    + " schema");
            case OutputFormat.Schema schema ->
                    request.withObject("/output_config")
                            .putObject("format")
                            .put("type", "json_schema")
                            .set("schema", schema.schema());
        }
    }

    private static Inexpressible missing(Given given) {
        return new Inexpressible(given.field(), "has no counterpart in Anthropic's API");
    }
}
