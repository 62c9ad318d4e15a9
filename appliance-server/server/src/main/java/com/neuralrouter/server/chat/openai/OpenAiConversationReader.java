package com.neuralrouter.server.chat.openai;

import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Conversation.StopSequences;
import com.neuralrouter.server.chat.ConversationReader;
import com.neuralrouter.server.chat.Given;
import com.neuralrouter.server.chat.Placed;
import com.neuralrouter.server.chat.Setting;
import com.neuralrouter.server.chat.Thinking;

import tools.jackson.databind.JsonNode;

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
        Placed effort = request.field("reasoning_effort");
        return new Conversation(
                messages.instructions(),
                messages.turns(),
                OpenAiVocabulary.NESTED.tools(request),
                settings,
                stop(request.field("stop")),
                OpenAiVocabulary.NESTED.output(request.field("response_format")),
                effort.given() ? OpenAiVocabulary.thinking(effort) : Thinking.Unsaid.UNSAID,
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
}
