package com.neuralrouter.server.chat.openai;

import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Conversation.StopSequences;
import com.neuralrouter.server.chat.ConversationReader;
import com.neuralrouter.server.chat.Given;
import com.neuralrouter.server.chat.OutputFormat;
import com.neuralrouter.server.chat.Placed;
import com.neuralrouter.server.chat.Setting;
import com.neuralrouter.server.chat.Thinking;
import com.neuralrouter.server.chat.Thinking.Effort;
import com.neuralrouter.server.chat.Tools;
import com.neuralrouter.server.chat.Tools.Choice;
import com.neuralrouter.server.chat.Tools.Tool;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the body of {@code POST /v1/chat/completions}. */
public final class OpenAiConversationReader implements ConversationReader {
    private static final Map<String, Setting> SETTINGS =
            Map.of(
                    "max_tokens", Setting.MAX_OUTPUT_TOKENS,
                    "max_completion_tokens", Setting.MAX_OUTPUT_TOKENS,
                    "temperature", Setting.TEMPERATURE,
                    "top_p", Setting.TOP_P,
                    "top_k", Setting.TOP_K,
                    "seed", Setting.SEED,
                    "frequency_penalty", Setting.FREQUENCY_PENALTY,
                    "presence_penalty", Setting.PRESENCE_PENALTY);

    /** They say who pays, where it is kept and how fast it comes, and nothing about the answer. */
    private static final Set<String> HINTS =
            Set.of(
                    "user",
                    "metadata",
                    "store",
                    "service_tier",
                    "prompt_cache_key",
                    "prompt_cache_retention",
                    "safety_identifier",
                    "prediction");

    @Override
    public Conversation read(JsonNode body) {
        var request = new Placed("", body);
        Map<Setting, Given> settings = new EnumMap<>(Setting.class);
        Set<String> hints = new TreeSet<>();
        for (String name : body.propertyNames()) {
            Placed field = request.field(name);
            if (field.given()) {
                member(name, field, settings, hints);
            }
        }
        var messages = OpenAiMessages.read(request.field("messages"));
        return new Conversation(
                messages.instructions(),
                messages.turns(),
                tools(request),
                settings,
                stop(request.field("stop")),
                output(request.field("response_format")),
                thinking(request.field("reasoning_effort")),
                request.field("stream").boolOr(false),
                hints);
    }

    /** Sorts out what needs no more than a look. */
    private static void member(
            String name, Placed field, Map<Setting, Given> settings, Set<String> hints) {
        Setting setting = SETTINGS.get(name);
        if (setting != null) {
            settings.merge(setting, field.number(), OpenAiConversationReader::larger);
        } else if (HINTS.contains(name)) {
            hints.add(name);
        } else if (!isRead(name) && !saysNothing(name, field.node())) {
            throw field.inexpressible();
        }
    }

    private static boolean isRead(String name) {
        return switch (name) {
            case "model",
                    "messages",
                    "stream",
                    "stream_options",
                    "stop",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "response_format",
                    "reasoning_effort" ->
                    true;
            default -> false;
        };
    }

    /** Whether a field asks for what happens anyway. */
    private static boolean saysNothing(String name, JsonNode value) {
        return switch (name) {
            case "n" -> value.isInt() && value.asInt() == 1;
            case "logprobs" -> value.isBoolean() && !value.asBoolean();
            case "top_logprobs" -> value.isInt() && value.asInt() == 0;
            case "logit_bias" -> value.isObject() && value.isEmpty();
            case "functions" -> value.isArray() && value.isEmpty();
            case "modalities" ->
                    value.isArray()
                            && value.size() == 1
                            && value.path(0).asString("").equals("text");
            case "verbosity" -> value.asString("").equals("medium");
            default -> false;
        };
    }

    /** Of the two fields that limit the output the larger one counts, as for policy. */
    private static Given larger(Given one, Given other) {
        return one.value().compareTo(other.value()) >= 0 ? one : other;
    }

    private static StopSequences stop(Placed stop) {
        if (!stop.given()) {
            return StopSequences.NONE;
        }
        List<String> sequences =
                stop.node().isString()
                        ? List.of(stop.string())
                        : stop.items().stream().map(Placed::string).toList();
        return new StopSequences(stop.at(), sequences);
    }

    private static OutputFormat output(Placed format) {
        if (!format.given()) {
            return OutputFormat.Plain.TEXT;
        }
        format.object();
        return switch (format.field("type").string()) {
            case "text" -> OutputFormat.Plain.TEXT;
            case "json_object" -> OutputFormat.Plain.JSON;
            case "json_schema" -> {
                Placed schema = format.field("json_schema");
                schema.requireOnly(Set.of("name", "description", "schema", "strict"));
                yield new OutputFormat.Schema(
                        format.at(),
                        schema.field("name").stringOr(""),
                        schema.field("schema").object(),
                        schema.field("strict").boolOr(false));
            }
            default -> throw format.field("type").inexpressible();
        };
    }

    private static Thinking thinking(Placed effort) {
        if (!effort.given()) {
            return Thinking.Unsaid.UNSAID;
        }
        return switch (effort.string()) {
            case "none" -> new Thinking.Off(effort.at());
            case "minimal" -> new Thinking.Effortful(effort.at(), Effort.MINIMAL);
            case "low" -> new Thinking.Effortful(effort.at(), Effort.LOW);
            case "medium" -> new Thinking.Effortful(effort.at(), Effort.MEDIUM);
            case "high", "xhigh" -> new Thinking.Effortful(effort.at(), Effort.HIGH);
            default -> throw effort.inexpressible();
        };
    }

    private static Tools tools(Placed request) {
        var tools = new ArrayList<Tool>();
        for (Placed tool : request.field("tools").items()) {
            tools.add(tool(tool));
        }
        Placed parallel = request.field("parallel_tool_calls");
        return new Tools(
                tools, choice(request.field("tool_choice")), parallel.boolOr(true), parallel.at());
    }

    private static Tool tool(Placed tool) {
        tool.object();
        if (!tool.field("type").string().equals("function")) {
            throw tool.field("type").inexpressible();
        }
        tool.requireOnly(Set.of("type", "function"));
        Placed function = tool.field("function");
        function.requireOnly(Set.of("name", "description", "parameters", "strict"));
        return new Tool(
                tool.at(),
                function.field("name").string(),
                function.field("description").stringOr(""),
                schema(function.field("parameters")),
                function.field("strict").boolOr(false));
    }

    /** A function without parameters takes an empty object. */
    static JsonNode schema(Placed parameters) {
        return parameters.given()
                ? parameters.object()
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "object")
                        .set("properties", JsonNodeFactory.instance.objectNode());
    }

    private static Choice choice(Placed choice) {
        if (!choice.given()) {
            return Choice.Auto.AUTO;
        }
        if (choice.node().isString()) {
            return switch (choice.string()) {
                case "auto" -> Choice.Auto.AUTO;
                case "none" -> Choice.Auto.NONE;
                case "required" -> Choice.Auto.REQUIRED;
                default -> throw choice.malformed("must be auto, none, required or a function");
            };
        }
        choice.object();
        if (!choice.field("type").string().equals("function")) {
            throw choice.field("type").inexpressible();
        }
        return new Choice.Named(choice.field("function").field("name").string());
    }
}
