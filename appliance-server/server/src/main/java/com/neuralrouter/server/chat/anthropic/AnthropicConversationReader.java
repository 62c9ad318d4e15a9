package com.neuralrouter.server.chat.anthropic;

import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Conversation.StopSequences;
import com.neuralrouter.server.chat.ConversationReader;
import com.neuralrouter.server.chat.Given;
import com.neuralrouter.server.chat.OutputFormat;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Placed;
import com.neuralrouter.server.chat.Setting;
import com.neuralrouter.server.chat.Thinking;
import com.neuralrouter.server.chat.Thinking.Effort;
import com.neuralrouter.server.chat.Tools;
import com.neuralrouter.server.chat.Tools.Choice;
import com.neuralrouter.server.chat.Tools.Tool;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the body of {@code POST /v1/messages}. */
public final class AnthropicConversationReader implements ConversationReader {
    private static final Map<String, Setting> SETTINGS =
            Map.of(
                    "max_tokens", Setting.MAX_OUTPUT_TOKENS,
                    "temperature", Setting.TEMPERATURE,
                    "top_p", Setting.TOP_P,
                    "top_k", Setting.TOP_K);

    private static final Set<String> HINTS = Set.of("metadata", "service_tier", "cache_control");

    private static final Set<String> READ =
            Set.of(
                    "model",
                    "messages",
                    "system",
                    "stream",
                    "stop_sequences",
                    "tools",
                    "tool_choice",
                    "thinking",
                    "output_config",
                    "output_format",
                    "context_management");

    @Override
    public Conversation read(JsonNode body) {
        var request = new Placed("", body);
        Map<Setting, Given> settings = new EnumMap<>(Setting.class);
        Set<String> hints = new TreeSet<>();
        for (String name : body.propertyNames()) {
            Placed field = request.field(name);
            Setting setting = SETTINGS.get(name);
            if (!field.given() || READ.contains(name)) {
                continue;
            }
            if (setting != null) {
                settings.put(setting, field.number());
            } else if (HINTS.contains(name)) {
                hints.add(name);
            } else {
                throw field.inexpressible();
            }
        }
        requireNothingCleared(request.field("context_management"));
        var messages = new AnthropicMessages(hints);
        List<Part.Text> instructions = messages.instructions(request.field("system"));
        var turns = messages.turns(request.field("messages"));
        return new Conversation(
                instructions,
                turns,
                tools(request, hints),
                settings,
                stop(request.field("stop_sequences")),
                output(request),
                thinking(request, hints),
                request.field("stream").boolOr(false),
                hints);
    }

    /**
     * What of the conversation the API is to leave out before the model sees it, which is said also
     * where that is nothing: to keep all thoughts.
     */
    private static void requireNothingCleared(Placed management) {
        if (!management.given()) {
            return;
        }
        management.requireOnly(Set.of("edits"));
        for (Placed edit : management.field("edits").items()) {
            edit.object();
            boolean keepsAll =
                    edit.field("type").string().equals("clear_thinking_20251015")
                            && edit.field("keep").node().asString("").equals("all");
            if (!keepsAll) {
                throw edit.inexpressible();
            }
        }
    }

    private static StopSequences stop(Placed stop) {
        return stop.given()
                ? new StopSequences(stop.at(), stop.items().stream().map(Placed::string).toList())
                : StopSequences.NONE;
    }

    /** The newer of the two places has the older one's form. */
    private static OutputFormat output(Placed request) {
        Placed config = request.field("output_config");
        Placed format = request.field("output_format");
        if (config.given()) {
            config.requireOnly(Set.of("format", "effort"));
            format = config.field("format").given() ? config.field("format") : format;
        }
        if (!format.given()) {
            return OutputFormat.Plain.TEXT;
        }
        format.object();
        if (!format.field("type").string().equals("json_schema")) {
            throw format.field("type").inexpressible();
        }
        return new OutputFormat.Schema(format.at(), "", format.field("schema").object(), true);
    }

    private static Thinking thinking(Placed request, Set<String> hints) {
        Placed thinking = request.field("thinking");
        Placed effort = request.field("output_config").field("effort");
        if (thinking.given()) {
            thinking.requireOnly(Set.of("type", "budget_tokens", "display"));
            if (thinking.field("display").given()) {
                hints.add("thinking.display");
            }
            switch (thinking.field("type").string()) {
                case "enabled" -> {
                    Placed budget = thinking.field("budget_tokens");
                    return new Thinking.Budget(budget.at(), budget.positive());
                }
                case "disabled" -> {
                    return new Thinking.Off(thinking.at());
                }
                case "adaptive" -> {}
                default -> throw thinking.field("type").inexpressible();
            }
        }
        return effort.given()
                ? new Thinking.Effortful(effort.at(), effort(effort))
                : Thinking.Unsaid.UNSAID;
    }

    private static Effort effort(Placed effort) {
        return switch (effort.string()) {
            case "low" -> Effort.LOW;
            case "medium" -> Effort.MEDIUM;
            case "high", "xhigh", "max" -> Effort.HIGH;
            default -> throw effort.inexpressible();
        };
    }

    private static Tools tools(Placed request, Set<String> hints) {
        var tools = new ArrayList<Tool>();
        for (Placed tool : request.field("tools").items()) {
            tools.add(tool(tool, hints));
        }
        Placed choice = request.field("tool_choice");
        if (!choice.given()) {
            return new Tools(tools, Choice.Auto.AUTO);
        }
        choice.requireOnly(Set.of("type", "name", "disable_parallel_tool_use"));
        Placed notParallel = choice.field("disable_parallel_tool_use");
        return new Tools(
                tools,
                switch (choice.field("type").string()) {
                    case "auto" -> Choice.Auto.AUTO;
                    case "any" -> Choice.Auto.REQUIRED;
                    case "none" -> Choice.Auto.NONE;
                    case "tool" -> new Choice.Named(choice.field("name").string());
                    default -> throw choice.field("type").inexpressible();
                },
                !notParallel.boolOr(false),
                notParallel.at());
    }

    /** Tools that Anthropic runs itself have other types. */
    private static Tool tool(Placed tool, Set<String> hints) {
        tool.object();
        if (!tool.field("type").stringOr("custom").equals("custom")) {
            throw tool.field("type").inexpressible();
        }
        tool.requireOnly(
                Set.of(
                        "type",
                        "name",
                        "description",
                        "input_schema",
                        "strict",
                        "cache_control",
                        "eager_input_streaming"));
        AnthropicMessages.cacheHint(tool, hints);
        if (tool.field("eager_input_streaming").given()) {
            hints.add("tools.eager_input_streaming");
        }
        return new Tool(
                tool.at(),
                tool.field("name").string(),
                tool.field("description").stringOr(""),
                tool.field("input_schema").object(),
                tool.field("strict").boolOr(false));
    }
}
