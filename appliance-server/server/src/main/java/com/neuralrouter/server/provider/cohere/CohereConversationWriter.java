package com.neuralrouter.server.provider.cohere;

import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Conversation.StopSequences;
import com.neuralrouter.server.chat.ConversationWriter;
import com.neuralrouter.server.chat.Given;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.OutputFormat;
import com.neuralrouter.server.chat.Setting;
import com.neuralrouter.server.chat.Thinking;
import com.neuralrouter.server.chat.Tools;
import com.neuralrouter.server.chat.Tools.Choice;
import com.neuralrouter.server.chat.Tools.Tool;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.List;

/** Writes a chat as the body of Cohere's {@code POST /v2/chat}. Without state. */
final class CohereConversationWriter implements ConversationWriter {
    private static final int MOST_STOP_SEQUENCES = 5;

    @Override
    public ObjectNode write(Conversation chat, String model) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("stream", chat.stream()).put("model", model);
        new CohereMessages(chat).writeTo(body);
        tools(body, chat.tools());
        format(body, chat.output());
        thinking(body, chat.thinking());
        chat.settings().forEach((setting, given) -> set(body, setting, given));
        stop(body, chat.stop());
        return body;
    }

    private static void tools(ObjectNode body, Tools tools) {
        List<Tool> offered = offered(tools);
        if (offered.isEmpty()) {
            return;
        }
        if (!tools.parallel()) {
            throw new Inexpressible(
                    tools.parallelAt(), "cannot be switched off in Cohere's format");
        }
        ArrayNode list = body.putArray("tools");
        for (Tool tool : offered) {
            ObjectNode function = list.addObject().put("type", "function").putObject("function");
            function.put("name", tool.name());
            if (!tool.description().isEmpty()) {
                function.put("description", tool.description());
            }
            function.set("parameters", tool.parameters());
        }
        if (offered.stream().anyMatch(Tool::strict)) {
            body.put("strict_tools", true);
        }
        switch (tools.choice()) {
            case Choice.Auto.AUTO -> {}
            case Choice.Auto.NONE -> body.put("tool_choice", "NONE");
            case Choice.Auto.REQUIRED -> body.put("tool_choice", "REQUIRED");
            case Choice.Named _ -> body.put("tool_choice", "REQUIRED");
        }
    }

    /** That one tool must be called is said by offering no other. */
    private static List<Tool> offered(Tools tools) {
        if (!(tools.choice() instanceof Choice.Named named)) {
            return tools.list();
        }
        List<Tool> offered =
                tools.list().stream().filter(tool -> tool.name().equals(named.name())).toList();
        if (offered.isEmpty()) {
            throw new Inexpressible("tool_choice", "names a tool that is not among the tools");
        }
        return offered;
    }

    private static void format(ObjectNode body, OutputFormat output) {
        switch (output) {
            case OutputFormat.Plain.TEXT -> {}
            case OutputFormat.Plain.JSON ->
                    body.putObject("response_format").put("type", "json_object");
            case OutputFormat.Schema schema ->
                    body.putObject("response_format")
                            .put("type", "json_object")
                            .set("json_schema", schema.schema());
        }
    }

    private static void thinking(ObjectNode body, Thinking thinking) {
        switch (thinking) {
            case Thinking.Unsaid.UNSAID -> {}
            case Thinking.Off _ -> body.putObject("thinking").put("type", "disabled");
            case Thinking.Effortful effortful -> budget(body, effortful.effort().tokens());
            case Thinking.Budget budget -> budget(body, budget.tokens());
        }
    }

    private static void budget(ObjectNode body, int tokens) {
        body.putObject("thinking").put("type", "enabled").put("token_budget", tokens);
    }

    private static void set(ObjectNode body, Setting setting, Given given) {
        switch (setting) {
            case MAX_OUTPUT_TOKENS -> body.put("max_tokens", given.whole());
            case TEMPERATURE -> body.put("temperature", given.value());
            case TOP_P -> body.put("p", within(given, "0.01", "0.99"));
            case TOP_K ->
                    body.put("k", new Given(given.field(), within(given, "0", "500")).whole());
            case SEED -> body.put("seed", given.whole());
            case FREQUENCY_PENALTY -> body.put("frequency_penalty", within(given, "0", "1"));
            case PRESENCE_PENALTY -> body.put("presence_penalty", within(given, "0", "1"));
        }
    }

    /** Other formats take more; the app is told by its own name for it. */
    private static BigDecimal within(Given given, String least, String most) {
        if (given.value().compareTo(new BigDecimal(least)) < 0
                || given.value().compareTo(new BigDecimal(most)) > 0) {
            throw new Inexpressible(
                    given.field(), "must be from " + least + " to " + most + " for Cohere");
        }
        return given.value();
    }

    private static void stop(ObjectNode body, StopSequences stop) {
        if (stop.sequences().size() > MOST_STOP_SEQUENCES) {
            throw new Inexpressible(stop.field(), "has more sequences than the 5 Cohere takes");
        }
        if (!stop.sequences().isEmpty()) {
            stop.sequences().forEach(body.putArray("stop_sequences")::add);
        }
    }
}
