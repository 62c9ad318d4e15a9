package com.neuralrouter.server.dialect;

import com.neuralrouter.server.dialect.ChatRequest.Places;
import com.neuralrouter.server.dialect.ChatRequest.Usage;
import com.neuralrouter.server.policy.PolicyFacts;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.util.List;

/** One reading of one request of OpenAI's chat completions. */
final class ChatFields {
    private static final List<String> DECIDING =
            List.of(
                    "model",
                    "messages",
                    "prompt",
                    "stream",
                    "stream_options",
                    "max_tokens",
                    "max_completion_tokens",
                    "n",
                    "best_of",
                    "tools");

    private static final String INCLUDE_USAGE = "include_usage";

    private final byte[] body;
    private final JsonParser parser;
    private final BodyFields fields;

    private final String prompt;
    private boolean prompted;
    private int prompts = 1;
    private boolean stream;
    private Usage usage = Usage.UNSAID;
    private Range usageAt = Range.NONE;
    private int choices = 1;
    private long outputTokens = PolicyFacts.NOT_REQUESTED;
    private Range nullCap = Range.NONE;

    /**
     * @param prompt the field that says what is to be answered: {@code messages} or {@code prompt}
     */
    ChatFields(byte[] body, JsonParser parser, String prompt) {
        this.prompt = prompt;
        this.body = body;
        this.parser = parser;
        this.fields = new BodyFields(parser, DECIDING);
    }

    ChatRequest read() {
        fields.read(this::field);
        String model = fields.model();
        BodyFields.require(
                prompted,
                prompt,
                prompt.equals("messages")
                        ? "is required: an array of messages"
                        : "is required: what is to be completed");
        return new ChatRequest(
                body,
                fields.facts(model, stream, outputTokens, body),
                usage,
                Math.clamp((long) choices * prompts, 1, Integer.MAX_VALUE),
                new Places(fields.modelAt(), usageAt, nullCap));
    }

    private void field(String name, JsonToken value) {
        switch (name) {
            case "messages", "prompt" -> prompt(name, value);
            case "stream" -> stream = fields.bool(name, value);
            case "stream_options" -> streamOptions(value);
            case "max_tokens", "max_completion_tokens" -> cap(name, value);
            case "n", "best_of" -> choices(name, value);
            case "temperature", "top_p", "presence_penalty", "frequency_penalty" ->
                    fields.numberOrNull(name, value);
            case "tools", "functions" -> fields.tools(value);
            default -> fields.other(name);
        }
    }

    private void prompt(String name, JsonToken value) {
        if (!name.equals(prompt)) {
            fields.skip();
            return;
        }
        if (name.equals("messages")) {
            fields.conversation(name, value, "message");
        } else {
            BodyFields.require(value != JsonToken.VALUE_NULL, name, "is required");
            prompts = fields.prompts(value, Beginning.MOST_OF_MESSAGE);
        }
        prompted = true;
    }

    private void streamOptions(JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            usage = Usage.OPTIONS_NULL;
            usageAt = fields.nullRange();
            return;
        }
        BodyFields.require(value == JsonToken.START_OBJECT, "stream_options", "must be an object");
        int inside = fields.here();
        usage = Usage.OPTIONS_EMPTY;
        usageAt = new Range(inside, inside);
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken option = parser.nextToken();
            if (name.equals(INCLUDE_USAGE)) {
                includeUsage(option);
            } else {
                BodyFields.requireNoOtherSpelling(name, List.of(INCLUDE_USAGE));
                if (usage == Usage.OPTIONS_EMPTY) {
                    usage = Usage.OPTIONS_OTHER;
                }
                parser.skipChildren();
            }
        }
    }

    private void includeUsage(JsonToken option) {
        if (fields.bool("stream_options.include_usage", option)) {
            usage = Usage.WANTED;
            return;
        }
        usage = Usage.UNWANTED;
        int from = fields.tokenStart();
        usageAt = new Range(from, from + (option == JsonToken.VALUE_NULL ? 4 : 5));
    }

    /** For each prompt. Of {@code best_of} the app sees {@code n}, and pays for all. */
    private void choices(String name, JsonToken value) {
        if (value != JsonToken.VALUE_NULL) {
            choices = Math.max(choices, fields.positive(name, value));
        }
    }

    /** If both fields are there, the larger one counts. */
    private void cap(String name, JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            nullCap = name.equals("max_tokens") ? fields.nullRange() : nullCap;
            return;
        }
        outputTokens = Math.max(outputTokens, fields.positive(name, value));
    }
}
