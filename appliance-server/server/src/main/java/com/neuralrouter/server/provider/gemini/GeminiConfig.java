package com.neuralrouter.server.provider.gemini;

import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Conversation.StopSequences;
import com.neuralrouter.server.chat.Given;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.OutputFormat;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Part.Image.Detail;
import com.neuralrouter.server.chat.Setting;
import com.neuralrouter.server.chat.Thinking;
import com.neuralrouter.server.chat.Thinking.Effort;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;

/** Writes {@code generationConfig}. */
final class GeminiConfig {
    private static final int MOST_STOP_SEQUENCES = 5;

    private GeminiConfig() {}

    static ObjectNode of(Conversation chat, String model) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        chat.settings().forEach((setting, given) -> set(config, setting, given));
        stop(config, chat.stop());
        format(config, chat.output());
        thinking(config, chat.thinking(), model);
        resolution(config, chat);
        return config;
    }

    private static void set(ObjectNode config, Setting setting, Given given) {
        switch (setting) {
            case MAX_OUTPUT_TOKENS -> config.put("maxOutputTokens", given.whole());
            case TEMPERATURE -> config.put("temperature", given.value());
            case TOP_P -> config.put("topP", given.value());
            case TOP_K -> config.put("topK", given.whole());
            case SEED -> config.put("seed", given.whole());
            case FREQUENCY_PENALTY -> config.put("frequencyPenalty", given.value());
            case PRESENCE_PENALTY -> config.put("presencePenalty", given.value());
        }
    }

    private static void stop(ObjectNode config, StopSequences stop) {
        if (stop.sequences().size() > MOST_STOP_SEQUENCES) {
            throw new Inexpressible(stop.field(), "has more sequences than the 5 Gemini takes");
        }
        if (!stop.sequences().isEmpty()) {
            stop.sequences().forEach(config.putArray("stopSequences")::add);
        }
    }

    private static void format(ObjectNode config, OutputFormat output) {
        switch (output) {
            case OutputFormat.Plain.TEXT -> {}
            case OutputFormat.Plain.JSON -> config.put("responseMimeType", "application/json");
            case OutputFormat.Schema schema ->
                    config.put("responseMimeType", "application/json")
                            .set("responseJsonSchema", schema.schema());
        }
    }

    /** Who wants thoughts gets to see them, as far as Gemini shows them. */
    private static void thinking(ObjectNode config, Thinking thinking, String model) {
        switch (thinking) {
            case Thinking.Unsaid.UNSAID -> {}
            case Thinking.Off _ -> config.putObject("thinkingConfig").put("thinkingBudget", 0);
            case Thinking.Effortful effortful ->
                    thinking(config, effortful.effort(), effortful.effort().tokens(), model);
            case Thinking.Budget budget ->
                    thinking(config, Effort.of(budget.tokens()), budget.tokens(), model);
        }
    }

    private static void thinking(ObjectNode config, Effort effort, int tokens, String model) {
        ObjectNode thinking = config.putObject("thinkingConfig").put("includeThoughts", true);
        if (GeminiModels.thinksInLevels(model)) {
            thinking.put("thinkingLevel", effort.word().toUpperCase(Locale.ROOT));
        } else {
            thinking.put("thinkingBudget", tokens);
        }
    }

    /** Gemini looks at all images alike. */
    private static void resolution(ObjectNode config, Conversation chat) {
        Detail common = null;
        for (var turn : chat.turns()) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.Image image) {
                    if (common != null && common != image.detail()) {
                        throw new Inexpressible(
                                image.at(),
                                "wants another detail than the images before it, and Gemini looks"
                                        + " at all alike");
                    }
                    common = image.detail();
                }
            }
        }
        if (common != null && common != Detail.UNSAID) {
            config.put("mediaResolution", "MEDIA_RESOLUTION_" + common);
        }
    }
}
