package com.neuralrouter.server.provider.bedrock;

import com.neuralrouter.server.chat.AnthropicThinking;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.ConversationWriter;
import com.neuralrouter.server.chat.Given;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.JoinedTurns;
import com.neuralrouter.server.chat.OutputFormat;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Setting;
import com.neuralrouter.server.chat.Thinking;
import com.neuralrouter.server.chat.Tools;
import com.neuralrouter.server.chat.Turn;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.Map;

/**
 * Writes a chat as a request of Converse. Turns of the same side are joined, because the sides must
 * take turns, and results of tools go before what else the user says. How much to think and of how
 * many candidates to choose is every model's own matter there: it can be said to Anthropic's only.
 */
final class ConverseWriter implements ConversationWriter {
    private static final int BESIDE_THOUGHTS = 8_192;
    private static final String NO_WORD = "has no counterpart in Bedrock's Converse";

    @Override
    public ObjectNode write(Conversation conversation, String model) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ArrayNode messages = request.putArray("messages");
        JoinedTurns.of(conversation.turns()).forEach(turn -> message(turn, messages));
        if (!conversation.instructions().isEmpty()) {
            ArrayNode system = request.putArray("system");
            conversation.instructions().forEach(text -> ConverseParts.text(text.text(), system));
        }
        tools(conversation, request);
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        inference(conversation, model, request, own);
        thinking(conversation, model, request, own);
        if (!own.isEmpty()) {
            request.set("additionalModelRequestFields", own);
        }
        output(conversation.output(), request);
        return request;
    }

    private static void message(Turn turn, ArrayNode messages) {
        if (turn.role() == Turn.Role.SYSTEM) {
            throw new Inexpressible(
                    turn.at(), "is of the system, which Converse has only in the beginning");
        }
        ObjectNode message = messages.addObject();
        message.put("role", turn.role() == Turn.Role.USER ? "user" : "assistant");
        ArrayNode content = message.putArray("content");
        turn.parts().forEach(part -> ConverseParts.add(part, content));
        if (content.isEmpty()) {
            throw new Inexpressible(turn.at(), "has no content, which Converse does not take");
        }
    }

    private static void tools(Conversation conversation, ObjectNode request) {
        Tools tools = conversation.tools();
        if (tools.list().isEmpty()) {
            return;
        }
        if (tools.choice() == Tools.Choice.Auto.NONE) {
            // Without tools it calls none; but a chat that has called some must name them.
            if (conversation.turns().stream().anyMatch(ConverseWriter::aboutTools)) {
                throw new Inexpressible("tool_choice", NO_WORD + " once tools were called");
            }
            return;
        }
        if (!tools.parallel()) {
            throw new Inexpressible(tools.parallelAt(), NO_WORD);
        }
        ObjectNode config = request.putObject("toolConfig");
        ArrayNode list = config.putArray("tools");
        for (Tools.Tool tool : tools.list()) {
            ObjectNode spec = list.addObject().putObject("toolSpec");
            spec.put("name", tool.name());
            if (!tool.description().isEmpty()) {
                spec.put("description", tool.description());
            }
            spec.putObject("inputSchema").set("json", tool.parameters());
            if (tool.strict()) {
                spec.put("strict", true);
            }
        }
        switch (tools.choice()) {
            case Tools.Choice.Auto.AUTO, Tools.Choice.Auto.NONE -> {}
            case Tools.Choice.Auto.REQUIRED -> config.putObject("toolChoice").putObject("any");
            case Tools.Choice.Named named ->
                    config.putObject("toolChoice").putObject("tool").put("name", named.name());
        }
    }

    private static boolean aboutTools(Turn turn) {
        return turn.parts().stream()
                .anyMatch(part -> part instanceof Part.ToolCall || part instanceof Part.ToolResult);
    }

    private static void inference(
            Conversation conversation, String model, ObjectNode request, ObjectNode own) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<Setting, Given> entry : conversation.settings().entrySet()) {
            Given given = entry.getValue();
            switch (entry.getKey()) {
                case MAX_OUTPUT_TOKENS -> config.put("maxTokens", given.value());
                case TEMPERATURE -> config.put("temperature", given.value());
                case TOP_P -> config.put("topP", given.value());
                case TOP_K -> {
                    if (!anthropic(model)) {
                        throw new Inexpressible(given.field(), NO_WORD);
                    }
                    own.put("top_k", given.value());
                }
                case SEED -> throw new Inexpressible(given.field(), NO_WORD);
                case FREQUENCY_PENALTY, PRESENCE_PENALTY -> {
                    if (given.value().signum() != 0) {
                        throw new Inexpressible(given.field(), NO_WORD);
                    }
                }
            }
        }
        if (!conversation.stop().sequences().isEmpty()) {
            ArrayNode stop = config.putArray("stopSequences");
            conversation.stop().sequences().forEach(stop::add);
        }
        if (!config.isEmpty()) {
            request.set("inferenceConfig", config);
        }
    }

    private static void thinking(
            Conversation conversation, String model, ObjectNode request, ObjectNode own) {
        String field =
                switch (conversation.thinking()) {
                    case Thinking.Unsaid _ -> "";
                    case Thinking.Off off -> off.field();
                    case Thinking.Effortful asked -> asked.field();
                    case Thinking.Budget asked -> asked.field();
                };
        if (field.isEmpty()) {
            return;
        }
        if (!anthropic(model)) {
            throw new Inexpressible(field, NO_WORD + " for this model");
        }
        BigDecimal answer = AnthropicThinking.write(conversation, model, BESIDE_THOUGHTS, own);
        if (!(conversation.thinking() instanceof Thinking.Off)) {
            // The thoughts count as a part of the answer, whose usual length is too small for them.
            request.withObject("/inferenceConfig").put("maxTokens", answer);
        }
    }

    private static boolean anthropic(String model) {
        return model.contains("anthropic.");
    }

    private static void output(OutputFormat output, ObjectNode request) {
        switch (output) {
            case OutputFormat.Plain.TEXT -> {}
            case OutputFormat.Plain.JSON ->
                    throw new Inexpressible(
                            "response_format",
                            "asks for any JSON, for which Converse has no word; give a schema");
            case OutputFormat.Schema schema -> {
                ObjectNode format =
                        request.putObject("outputConfig")
                                .putObject("textFormat")
                                .put("type", "json_schema");
                ObjectNode definition = format.putObject("structure").putObject("jsonSchema");
                definition.put("schema", schema.schema().toString());
                if (!schema.name().isEmpty()) {
                    definition.put("name", schema.name());
                }
            }
        }
    }
}
