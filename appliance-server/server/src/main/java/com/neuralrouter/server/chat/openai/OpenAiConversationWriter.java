package com.neuralrouter.server.chat.openai;

import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.ConversationWriter;
import com.neuralrouter.server.chat.Given;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.OutputFormat;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Setting;
import com.neuralrouter.server.chat.Thinking;
import com.neuralrouter.server.chat.Thinking.Effort;
import com.neuralrouter.server.chat.Tools;
import com.neuralrouter.server.chat.Tools.Choice;
import com.neuralrouter.server.chat.Tools.Tool;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.stream.Collectors;

/** Writes the body of {@code POST /chat/completions}. */
public final class OpenAiConversationWriter implements ConversationWriter {
    private static final String UNNAMED_SCHEMA = "output";

    private final Server server;

    /** Whose server it is: the two differ in a few names. */
    public enum Server {
        /** OpenAI's own: the output is limited by {@code max_completion_tokens}. */
        OPENAI,
        /**
         * One that follows OpenAI's format: the output is limited by {@code max_tokens}, which all
         * of them know, and {@code top_k} can be set.
         */
        COMPATIBLE
    }

    public OpenAiConversationWriter(Server server) {
        this.server = server;
    }

    @Override
    public ObjectNode write(Conversation conversation, String model) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", model);
        messages(conversation, body.putArray("messages"));
        settings(conversation.settings(), body);
        if (!conversation.stop().sequences().isEmpty()) {
            conversation.stop().sequences().forEach(body.putArray("stop")::add);
        }
        tools(conversation.tools(), body);
        output(conversation.output(), body);
        thinking(conversation.thinking(), body);
        if (conversation.stream()) {
            body.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        return body;
    }

    /** All instructions are one message: the templates of many models take no second one. */
    private static void messages(Conversation conversation, ArrayNode messages) {
        if (!conversation.instructions().isEmpty()) {
            messages.addObject()
                    .put("role", "system")
                    .put(
                            "content",
                            conversation.instructions().stream()
                                    .map(Part.Text::text)
                                    .collect(Collectors.joining("\n\n")));
        }
        new OpenAiTurns(messages).add(conversation.turns());
    }

    private void settings(Map<Setting, Given> settings, ObjectNode body) {
        settings.forEach((setting, given) -> body.put(name(setting, given), given.value()));
    }

    private String name(Setting setting, Given given) {
        return switch (setting) {
            case MAX_OUTPUT_TOKENS ->
                    server == Server.OPENAI ? "max_completion_tokens" : "max_tokens";
            case TEMPERATURE -> "temperature";
            case TOP_P -> "top_p";
            case TOP_K -> {
                if (server == Server.OPENAI) {
                    throw new Inexpressible(given.field(), "has no counterpart in OpenAI's format");
                }
                yield "top_k";
            }
            case SEED -> "seed";
            case FREQUENCY_PENALTY -> "frequency_penalty";
            case PRESENCE_PENALTY -> "presence_penalty";
        };
    }

    private static void tools(Tools tools, ObjectNode body) {
        if (tools.list().isEmpty()) {
            return;
        }
        ArrayNode list = body.putArray("tools");
        for (Tool tool : tools.list()) {
            ObjectNode function = list.addObject().put("type", "function").putObject("function");
            function.put("name", tool.name());
            if (!tool.description().isEmpty()) {
                function.put("description", tool.description());
            }
            function.set("parameters", tool.parameters());
            if (tool.strict()) {
                function.put("strict", true);
            }
        }
        switch (tools.choice()) {
            case Choice.Auto.AUTO -> {}
            case Choice.Auto.NONE -> body.put("tool_choice", "none");
            case Choice.Auto.REQUIRED -> body.put("tool_choice", "required");
            case Choice.Named named ->
                    body.putObject("tool_choice")
                            .put("type", "function")
                            .putObject("function")
                            .put("name", named.name());
        }
        if (!tools.parallel()) {
            body.put("parallel_tool_calls", false);
        }
    }

    private static void output(OutputFormat output, ObjectNode body) {
        switch (output) {
            case OutputFormat.Plain.TEXT -> {}
            case OutputFormat.Plain.JSON ->
                    body.putObject("response_format").put("type", "json_object");
            case OutputFormat.Schema schema ->
                    body.putObject("response_format")
                            .put("type", "json_schema")
                            .putObject("json_schema")
                            .put("name", schema.name().isEmpty() ? UNNAMED_SCHEMA : schema.name())
                            .put("strict", schema.strict())
                            .set("schema", schema.schema());
        }
    }

    private static void thinking(Thinking thinking, ObjectNode body) {
        switch (thinking) {
            case Thinking.Unsaid.UNSAID -> {}
            case Thinking.Off _ -> body.put("reasoning_effort", "none");
            case Thinking.Effortful effortful ->
                    body.put("reasoning_effort", effortful.effort().word());
            case Thinking.Budget budget ->
                    body.put("reasoning_effort", Effort.of(budget.tokens()).word());
        }
    }
}
