package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.dialect.ChatRequest.Places;
import com.neuralrouter.server.dialect.ChatRequest.Range;
import com.neuralrouter.server.dialect.ChatRequest.Usage;
import com.neuralrouter.server.policy.PolicyFacts;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.util.List;

/** One reading of one chat request; see {@link OpenAiChatRequestReader}. */
final class ChatFields {
    /** The fields that decide something here: no other spelling of them is let through. */
    private static final List<String> DECIDING =
            List.of(
                    "model",
                    "messages",
                    "stream",
                    "stream_options",
                    "max_tokens",
                    "max_completion_tokens",
                    "n",
                    "tools");

    private static final String INCLUDE_USAGE = "include_usage";

    private final byte[] body;
    private final JsonParser parser;

    private @Nullable String model;
    private Range modelAt = Range.NONE;
    private boolean messages;
    private boolean stream;
    private Usage usage = Usage.UNSAID;
    private Range usageAt = Range.NONE;
    private long outputTokens = PolicyFacts.NOT_REQUESTED;
    private Range nullCap = Range.NONE;

    ChatFields(byte[] body, JsonParser parser) {
        this.body = body;
        this.parser = parser;
    }

    ChatRequest read() {
        parser.nextToken();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            field(name, value);
        }
        if (parser.nextToken() != null) {
            throw InferenceRefused.because(
                    ProblemCode.MALFORMED_REQUEST, "There is something after the JSON object.");
        }
        if (model == null) {
            throw refused("model", "is required: the name of a model that GET /v1/models lists");
        }
        if (!messages) {
            throw refused("messages", "is required: an array of messages");
        }
        return new ChatRequest(
                body, model, stream, outputTokens, usage, new Places(modelAt, usageAt, nullCap));
    }

    private void field(String name, JsonToken value) {
        switch (name) {
            case "model" -> model(value);
            case "messages" -> messages(value);
            case "stream" -> stream = bool(name, value);
            case "stream_options" -> streamOptions(value);
            case "max_tokens", "max_completion_tokens" -> cap(name, value);
            case "n" -> require(wholeOrNull(value), name, "must be a whole number");
            case "temperature", "top_p", "presence_penalty", "frequency_penalty" ->
                    require(numberOrNull(value), name, "must be a number");
            case "tools" -> {
                require(
                        value == JsonToken.START_ARRAY || value == JsonToken.VALUE_NULL,
                        name,
                        "must be an array");
                parser.skipChildren();
            }
            default -> {
                requireNoOtherSpelling(name, DECIDING);
                parser.skipChildren();
            }
        }
    }

    private void model(JsonToken value) {
        require(value == JsonToken.VALUE_STRING, "model", "must be a string");
        int from = tokenStart();
        model = parser.getString();
        modelAt = new Range(from, here());
        require(!model.isEmpty(), "model", "must not be empty");
        require(
                model.chars().noneMatch(Character::isISOControl),
                "model",
                "must not have a control character");
    }

    private void messages(JsonToken value) {
        require(value == JsonToken.START_ARRAY, "messages", "must be an array");
        int count = 0;
        for (JsonToken message = parser.nextToken();
                message != JsonToken.END_ARRAY;
                message = parser.nextToken()) {
            require(
                    message == JsonToken.START_OBJECT,
                    "messages[" + count + "]",
                    "must be an object");
            parser.skipChildren();
            count++;
        }
        require(count > 0, "messages", "must have at least one message");
        messages = true;
    }

    private boolean bool(String name, JsonToken value) {
        require(
                value == JsonToken.VALUE_TRUE
                        || value == JsonToken.VALUE_FALSE
                        || value == JsonToken.VALUE_NULL,
                name,
                "must be true or false");
        return value == JsonToken.VALUE_TRUE;
    }

    private void streamOptions(JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            usage = Usage.OPTIONS_NULL;
            usageAt = nullRange();
            return;
        }
        require(value == JsonToken.START_OBJECT, "stream_options", "must be an object");
        int inside = here();
        usage = Usage.OPTIONS_EMPTY;
        usageAt = new Range(inside, inside);
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken option = parser.nextToken();
            if (name.equals(INCLUDE_USAGE)) {
                includeUsage(option);
            } else {
                requireNoOtherSpelling(name, List.of(INCLUDE_USAGE));
                if (usage == Usage.OPTIONS_EMPTY) {
                    usage = Usage.OPTIONS_OTHER;
                }
                parser.skipChildren();
            }
        }
    }

    private void includeUsage(JsonToken option) {
        if (bool("stream_options.include_usage", option)) {
            usage = Usage.WANTED;
            return;
        }
        usage = Usage.UNWANTED;
        int from = tokenStart();
        usageAt = new Range(from, from + (option == JsonToken.VALUE_NULL ? 4 : 5));
    }

    /** If both fields are there, the larger one counts. */
    private void cap(String name, JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            nullCap = name.equals("max_tokens") ? nullRange() : nullCap;
            return;
        }
        boolean positive =
                value == JsonToken.VALUE_NUMBER_INT
                        && parser.getNumberType() == JsonParser.NumberType.INT
                        && parser.getIntValue() > 0;
        require(positive, name, "must be a whole number above 0");
        outputTokens = Math.max(outputTokens, parser.getIntValue());
    }

    /** Other parsers compare names without regard to case, and would act on it. */
    private static void requireNoOtherSpelling(String name, List<String> known) {
        for (String one : known) {
            if (one.equalsIgnoreCase(name)) {
                throw refused(one, "must be written in lower case");
            }
        }
    }

    private static boolean wholeOrNull(JsonToken value) {
        return value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_NULL;
    }

    private static boolean numberOrNull(JsonToken value) {
        return wholeOrNull(value) || value == JsonToken.VALUE_NUMBER_FLOAT;
    }

    private Range nullRange() {
        int from = tokenStart();
        return new Range(from, from + 4);
    }

    private int tokenStart() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The index after what was read; exact after strings and braces only. */
    private int here() {
        return (int) parser.currentLocation().getByteOffset();
    }

    private static void require(boolean holds, String field, String otherwise) {
        if (!holds) {
            throw refused(field, otherwise);
        }
    }

    private static InferenceRefused refused(String field, String otherwise) {
        return InferenceRefused.field(
                ProblemCode.INVALID_FIELD, field, "'" + field + "' " + otherwise + ".");
    }
}
