package com.neuralrouter.server.chat.responses;

import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Conversation.StopSequences;
import com.neuralrouter.server.chat.ConversationReader;
import com.neuralrouter.server.chat.Given;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.OutputFormat;
import com.neuralrouter.server.chat.Placed;
import com.neuralrouter.server.chat.Setting;
import com.neuralrouter.server.chat.Thinking;
import com.neuralrouter.server.chat.openai.OpenAiVocabulary;

import tools.jackson.databind.JsonNode;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the body of {@code POST /v1/responses}. */
public final class ResponsesConversationReader implements ConversationReader {
    private static final Map<String, Setting> SETTINGS =
            Map.of(
                    "max_output_tokens", Setting.MAX_OUTPUT_TOKENS,
                    "temperature", Setting.TEMPERATURE,
                    "top_p", Setting.TOP_P);

    private static final Set<String> HINTS =
            Set.of(
                    "user",
                    "client_metadata",
                    "metadata",
                    "service_tier",
                    "prompt_cache_key",
                    "prompt_cache_retention",
                    "safety_identifier",
                    "stream_options");

    private static final Set<String> READ =
            Set.of(
                    "model",
                    "input",
                    "instructions",
                    "stream",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "text",
                    "reasoning",
                    "include");

    @Override
    public Conversation read(JsonNode body) {
        var request = new Placed("", body);
        Map<Setting, Given> settings = new EnumMap<>(Setting.class);
        Set<String> hints = new TreeSet<>();
        for (String name : body.propertyNames()) {
            Placed field = request.field(name);
            if (field.given() && !READ.contains(name)) {
                member(name, field, settings, hints);
            }
        }
        include(request.field("include"), hints);
        var items = ResponsesItems.read(request.field("instructions"), request.field("input"));
        return new Conversation(
                items.instructions(),
                items.turns(),
                OpenAiVocabulary.FLAT.tools(request),
                settings,
                StopSequences.NONE,
                output(request.field("text")),
                thinking(request.field("reasoning"), hints),
                request.field("stream").boolOr(false),
                hints);
    }

    private static void member(
            String name, Placed field, Map<Setting, Given> settings, Set<String> hints) {
        Setting setting = SETTINGS.get(name);
        if (setting != null) {
            settings.put(setting, field.number());
        } else if (HINTS.contains(name)) {
            hints.add(name);
        } else if (!saysNothing(name, field.node())) {
            throw stored(name)
                    ? new Inexpressible(
                            name,
                            "cannot be used with this model's provider: no answers are stored")
                    : field.inexpressible();
        }
    }

    private static boolean stored(String name) {
        return switch (name) {
            case "store", "previous_response_id", "conversation", "background" -> true;
            default -> false;
        };
    }

    /** Whether a field asks for what happens anyway. */
    private static boolean saysNothing(String name, JsonNode value) {
        return switch (name) {
            case "store", "background" -> value.isBoolean() && !value.asBoolean();
            case "truncation" -> value.asString("").equals("disabled");
            case "top_logprobs" -> value.isInt() && value.asInt() == 0;
            default -> false;
        };
    }

    /** Thoughts come with their seals anyway. */
    private static void include(Placed include, Set<String> hints) {
        for (Placed one : include.items()) {
            if (!one.string().equals("reasoning.encrypted_content")) {
                throw one.inexpressible();
            }
            hints.add("include");
        }
    }

    private static OutputFormat output(Placed text) {
        if (!text.given()) {
            return OutputFormat.Plain.TEXT;
        }
        text.object();
        Placed verbosity = text.field("verbosity");
        if (verbosity.given() && !verbosity.string().equals("medium")) {
            throw verbosity.inexpressible();
        }
        return OpenAiVocabulary.FLAT.output(text.field("format"));
    }

    private static Thinking thinking(Placed reasoning, Set<String> hints) {
        if (!reasoning.given()) {
            return Thinking.Unsaid.UNSAID;
        }
        reasoning.requireOnly(Set.of("effort", "summary", "generate_summary"));
        if (reasoning.field("summary").given() || reasoning.field("generate_summary").given()) {
            hints.add("reasoning.summary");
        }
        Placed effort = reasoning.field("effort");
        return effort.stringOr("").isEmpty()
                ? Thinking.Unsaid.UNSAID
                : OpenAiVocabulary.thinking(effort);
    }
}
