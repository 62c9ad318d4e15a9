package com.neuralrouter.server.chat.openai;

import com.neuralrouter.server.chat.OutputFormat;
import com.neuralrouter.server.chat.Part.Image.Detail;
import com.neuralrouter.server.chat.Placed;
import com.neuralrouter.server.chat.Thinking;
import com.neuralrouter.server.chat.Thinking.Effort;
import com.neuralrouter.server.chat.Tools;
import com.neuralrouter.server.chat.Tools.Choice;
import com.neuralrouter.server.chat.Tools.Tool;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/**
 * What OpenAI's two APIs for chats say in the same words: the tools and which of them must be
 * called, the form of the answer, how much to think and how closely to look. They differ in where
 * that stands which something of a type consists of.
 */
public enum OpenAiVocabulary {
    /** In a field that is called as its type is, as chat completions have it. */
    NESTED,
    /** Beside its type, as responses have it. */
    FLAT;

    private static final String FUNCTION = "function";
    private static final Set<String> OF_FUNCTION =
            Set.of("name", "description", "parameters", "strict");

    private Placed content(Placed typed, String type) {
        return this == NESTED ? typed.field(type) : typed;
    }

    /** The request's {@code tools}, {@code tool_choice} and {@code parallel_tool_calls}. */
    public Tools tools(Placed request) {
        var tools = new ArrayList<Tool>();
        for (Placed tool : request.field("tools").items()) {
            tools.add(tool(tool));
        }
        Placed parallel = request.field("parallel_tool_calls");
        return new Tools(
                tools, choice(request.field("tool_choice")), parallel.boolOr(true), parallel.at());
    }

    /** Tools that OpenAI runs itself have other types. */
    private Tool tool(Placed tool) {
        demandFunction(tool);
        Placed function = content(tool, FUNCTION);
        switch (this) {
            case NESTED -> {
                tool.requireOnly(Set.of("type", FUNCTION));
                function.requireOnly(OF_FUNCTION);
            }
            case FLAT -> {
                var names = new HashSet<>(OF_FUNCTION);
                names.add("type");
                tool.requireOnly(names);
            }
        }
        return new Tool(
                tool.at(),
                function.field("name").string(),
                function.field("description").stringOr(""),
                schema(function.field("parameters")),
                function.field("strict").boolOr(false));
    }

    private static void demandFunction(Placed typed) {
        typed.object();
        Placed type = typed.field("type");
        if (!type.string().equals(FUNCTION)) {
            throw type.inexpressible();
        }
    }

    /** A function without parameters takes an empty object. */
    private static JsonNode schema(Placed parameters) {
        if (parameters.given()) {
            return parameters.object();
        }
        ObjectNode empty = JsonNodeFactory.instance.objectNode().put("type", "object");
        empty.putObject("properties");
        return empty;
    }

    private Choice choice(Placed choice) {
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
        demandFunction(choice);
        return new Choice.Named(content(choice, FUNCTION).field("name").string());
    }

    /** The form that the answer is to have; a text where nothing is given. */
    public OutputFormat output(Placed format) {
        if (!format.given()) {
            return OutputFormat.Plain.TEXT;
        }
        format.object();
        return switch (format.field("type").string()) {
            case "text" -> OutputFormat.Plain.TEXT;
            case "json_object" -> OutputFormat.Plain.JSON;
            case "json_schema" -> {
                Placed schema = content(format, "json_schema");
                if (this == NESTED) {
                    schema.requireOnly(Set.of("name", "description", "schema", "strict"));
                }
                yield new OutputFormat.Schema(
                        format.at(),
                        schema.field("name").stringOr(""),
                        schema.field("schema").object(),
                        schema.field("strict").boolOr(false));
            }
            default -> throw format.field("type").inexpressible();
        };
    }

    /** How much the model is to think, by one word that is given. */
    public static Thinking thinking(Placed effort) {
        return switch (effort.string()) {
            case "none" -> new Thinking.Off(effort.at());
            case "minimal" -> new Thinking.Effortful(effort.at(), Effort.MINIMAL);
            case "low" -> new Thinking.Effortful(effort.at(), Effort.LOW);
            case "medium" -> new Thinking.Effortful(effort.at(), Effort.MEDIUM);
            case "high", "xhigh" -> new Thinking.Effortful(effort.at(), Effort.HIGH);
            default -> throw effort.inexpressible();
        };
    }

    /** How closely the model is to look. */
    public static Detail detail(Placed detail) {
        return switch (detail.stringOr("auto")) {
            case "auto" -> Detail.UNSAID;
            case "low" -> Detail.LOW;
            case "high" -> Detail.HIGH;
            default -> throw detail.inexpressible();
        };
    }
}
