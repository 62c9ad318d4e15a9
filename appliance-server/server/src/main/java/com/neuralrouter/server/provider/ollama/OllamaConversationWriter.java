package com.neuralrouter.server.provider.ollama;

import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.ConversationWriter;
import com.neuralrouter.server.chat.Given;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.OutputFormat;
import com.neuralrouter.server.chat.Setting;
import com.neuralrouter.server.chat.Thinking;
import com.neuralrouter.server.chat.Thinking.Effort;
import com.neuralrouter.server.chat.Tools;
import com.neuralrouter.server.chat.Tools.Choice;
import com.neuralrouter.server.chat.Tools.Tool;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a chat as the body of Ollama's {@code POST /api/chat}. Without state. */
final class OllamaConversationWriter implements ConversationWriter {

    @Override
    public ObjectNode write(Conversation chat, String model) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", model);
        body.set("messages", new OllamaMessages(chat).write());
        body.put("stream", chat.stream());
        tools(body, chat.tools());
        format(body, chat.output());
        thinking(body, chat.thinking());
        ObjectNode options = options(chat);
        if (!options.isEmpty()) {
            body.set("options", options);
        }
        return body;
    }

    /** That no tool is to be called is said by offering none. */
    private static void tools(ObjectNode body, Tools tools) {
        if (tools.list().isEmpty() || tools.choice() == Choice.Auto.NONE) {
            return;
        }
        if (tools.choice() != Choice.Auto.AUTO) {
            throw new Inexpressible("tool_choice", "cannot force a call in Ollama's format");
        }
        if (!tools.parallel()) {
            throw new Inexpressible(
                    tools.parallelAt(), "cannot be switched off in Ollama's format");
        }
        ArrayNode list = body.putArray("tools");
        for (Tool tool : tools.list()) {
            if (tool.strict()) {
                throw new Inexpressible(
                        tool.at(), "is strict, which Ollama does not hold a model to");
            }
            ObjectNode function = list.addObject().put("type", "function").putObject("function");
            function.put("name", tool.name());
            if (!tool.description().isEmpty()) {
                function.put("description", tool.description());
            }
            function.set("parameters", tool.parameters());
        }
    }

    private static void format(ObjectNode body, OutputFormat output) {
        switch (output) {
            case OutputFormat.Plain.TEXT -> {}
            case OutputFormat.Plain.JSON -> body.put("format", "json");
            case OutputFormat.Schema schema -> body.set("format", schema.schema());
        }
    }

    /** Models that know no levels take each word for yes. */
    private static void thinking(ObjectNode body, Thinking thinking) {
        switch (thinking) {
            case Thinking.Unsaid.UNSAID -> {}
            case Thinking.Off _ -> body.put("think", false);
            case Thinking.Effortful effortful -> body.put("think", level(effortful.effort()));
            case Thinking.Budget budget -> body.put("think", level(Effort.of(budget.tokens())));
        }
    }

    private static String level(Effort effort) {
        return effort == Effort.MINIMAL ? Effort.LOW.word() : effort.word();
    }

    private static ObjectNode options(Conversation chat) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        chat.settings().forEach((setting, given) -> set(options, setting, given));
        if (!chat.stop().sequences().isEmpty()) {
            chat.stop().sequences().forEach(options.putArray("stop")::add);
        }
        return options;
    }

    private static void set(ObjectNode options, Setting setting, Given given) {
        switch (setting) {
            case MAX_OUTPUT_TOKENS -> options.put("num_predict", given.whole());
            case TEMPERATURE -> options.put("temperature", given.value());
            case TOP_P -> options.put("top_p", given.value());
            case TOP_K -> options.put("top_k", given.whole());
            case SEED -> options.put("seed", given.whole());
            case FREQUENCY_PENALTY -> options.put("frequency_penalty", given.value());
            case PRESENCE_PENALTY -> options.put("presence_penalty", given.value());
        }
    }
}
