package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.dialect.ChatRequest.Facts;
import com.neuralrouter.server.policy.PolicyFacts;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Steps through the fields of one request's body and checks them on the way: what the readers of
 * all operations have in common. Used once, by one thread.
 */
final class BodyFields {
    /** How the formats call an image in a conversation. */
    private static final Set<String> IMAGE_TYPES = Set.of("image_url", "input_image", "image");

    /** Whose messages are the same in many conversations. */
    private static final Set<String> INSTRUCTING = Set.of("system", "developer");

    private final JsonParser parser;
    private final List<String> deciding;

    private @Nullable String model;
    private Range modelAt = Range.NONE;
    private boolean images;
    private final List<String> tools = new ArrayList<>(0);
    private final List<Range> beginning = new ArrayList<>(3);

    /** Whether the first message was read that is no instruction. */
    private boolean begun;

    /** Takes the fields one by one; the value's token is the parser's current one. */
    @FunctionalInterface
    interface Reader {
        void field(String name, JsonToken value);
    }

    /**
     * @param deciding the fields that decide something here: no other spelling of them is let
     *     through
     */
    BodyFields(JsonParser parser, List<String> deciding) {
        this.parser = parser;
        this.deciding = deciding;
    }

    /** Reads the whole object; {@code model} itself, and every other field with the reader. */
    void read(Reader reader) {
        parser.nextToken();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("model")) {
                model(value);
            } else {
                reader.field(name, value);
            }
        }
        if (parser.nextToken() != null) {
            throw InferenceRefused.because(
                    ProblemCode.MALFORMED_REQUEST, "There is something after the JSON object.");
        }
    }

    private void model(JsonToken value) {
        require(value == JsonToken.VALUE_STRING, "model", "must be a string");
        int from = tokenStart();
        String name = parser.getString();
        modelAt = new Range(from, here());
        requireModel(name);
        model = name;
    }

    static void requireModel(String name) {
        require(!name.isEmpty(), "model", "must not be empty");
        require(
                name.chars().noneMatch(Character::isISOControl),
                "model",
                "must not have a control character");
    }

    static InferenceRefused modelMissing() {
        return refused("model", "is required: the name of a model that GET /v1/models lists");
    }

    /** The public model name. */
    String model() {
        if (model == null) {
            throw modelMissing();
        }
        return model;
    }

    /** The model's value with its quotes. */
    Range modelAt() {
        return modelAt;
    }

    /**
     * What decides about the chat that was read: what else does, with what the fields said of
     * images, of tools and of how the conversation begins.
     */
    Facts facts(String name, boolean stream, long outputTokens, byte[] body) {
        return new Facts(
                name,
                stream,
                outputTokens,
                List.copyOf(tools),
                images,
                new Beginning(body, beginning));
    }

    /** A field that is known, and not looked at. */
    void skip() {
        parser.skipChildren();
    }

    /** A field that is known, and which conversations begin with. */
    void begins(int most) {
        int from = tokenStart();
        parser.skipChildren();
        parser.finishToken();
        begins(from, most);
    }

    /**
     * A field with one prompt, which conversations begin with, or with several in an array: of
     * texts or of arrays of tokens, while the tokens themselves are one. Returns how many there
     * are.
     */
    int prompts(JsonToken value, int most) {
        int from = tokenStart();
        int prompts = 0;
        if (value == JsonToken.START_ARRAY) {
            for (JsonToken one = parser.nextToken();
                    one != JsonToken.END_ARRAY;
                    one = parser.nextToken()) {
                prompts += one == JsonToken.VALUE_NUMBER_INT ? 0 : 1;
                parser.skipChildren();
            }
        } else {
            parser.skipChildren();
        }
        parser.finishToken();
        begins(from, most);
        return Math.max(1, prompts);
    }

    /** What was read from there on belongs to the beginning. */
    private void begins(int from, int most) {
        beginning.add(new Range(from, Math.min(here(), from + most)));
    }

    /** A field that nothing is known of. */
    void other(String name) {
        requireNoOtherSpelling(name, deciding);
        parser.skipChildren();
    }

    /**
     * An array of at least one object, as conversations are.
     *
     * @param element what its elements are called, as in {@code message}
     */
    void conversation(String name, JsonToken value, String element) {
        require(value == JsonToken.START_ARRAY, name, "must be an array");
        int count = 0;
        for (JsonToken one = parser.nextToken();
                one != JsonToken.END_ARRAY;
                one = parser.nextToken()) {
            require(one == JsonToken.START_OBJECT, name + "[" + count + "]", "must be an object");
            if (begun) {
                skipMessage();
            } else {
                int from = tokenStart();
                begun = !skipMessage();
                begins(from, begun ? Beginning.MOST_OF_MESSAGE : Beginning.MOST);
            }
            count++;
        }
        require(count > 0, name, "must have at least one " + element);
    }

    /**
     * To the end of the object, looking out for images; whether it is an instruction, which is
     * looked for before the first message that is none only.
     */
    private boolean skipMessage() {
        boolean instructs = false;
        for (int depth = 1; depth > 0; ) {
            switch (parser.nextToken()) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case PROPERTY_NAME -> {
                    if (!begun && depth == 1 && parser.currentName().equals("role")) {
                        JsonToken role = parser.nextToken();
                        instructs =
                                role == JsonToken.VALUE_STRING
                                        && INSTRUCTING.contains(parser.getString());
                        depth += role.isStructStart() ? 1 : 0;
                    } else if (!images
                            && parser.currentName().equals("type")
                            && parser.nextToken() == JsonToken.VALUE_STRING) {
                        images = IMAGE_TYPES.contains(parser.getString());
                    } else if (parser.currentToken().isStructStart()) {
                        depth++;
                    }
                }
                default -> {}
            }
        }
        return instructs;
    }

    /** An array of tools, whose names are noted, or null. */
    void tools(JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        require(value == JsonToken.START_ARRAY, "tools", "must be an array");
        int from = tokenStart();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int known = tools.size();
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                tool();
            } else {
                parser.skipChildren();
            }
            if (tools.size() == known) {
                tools.add(PolicyFacts.UNKNOWN_TOOL);
            }
        }
        begins(from, Beginning.MOST);
    }

    /**
     * The name stands in the tool, or in its {@code function}. A tool without one, which the
     * provider runs itself, goes by its type.
     */
    private void tool() {
        int known = tools.size();
        String type = "";
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("name") && value == JsonToken.VALUE_STRING) {
                tools.add(parser.getString());
            } else if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                type = parser.getString();
            } else if (name.equals("function") && value == JsonToken.START_OBJECT) {
                tool();
            } else {
                parser.skipChildren();
            }
        }
        if (tools.size() == known && !type.isEmpty()) {
            tools.add(type);
        }
    }

    boolean bool(String name, JsonToken value) {
        require(
                value == JsonToken.VALUE_TRUE
                        || value == JsonToken.VALUE_FALSE
                        || value == JsonToken.VALUE_NULL,
                name,
                "must be true or false");
        return value == JsonToken.VALUE_TRUE;
    }

    /** A whole number above 0. */
    int positive(String name, JsonToken value) {
        boolean positive =
                value == JsonToken.VALUE_NUMBER_INT
                        && parser.getNumberType() == JsonParser.NumberType.INT
                        && parser.getIntValue() > 0;
        require(positive, name, "must be a whole number above 0");
        return parser.getIntValue();
    }

    void wholeOrNull(String name, JsonToken value) {
        require(isWholeOrNull(value), name, "must be a whole number of at most 64 bits");
    }

    void numberOrNull(String name, JsonToken value) {
        require(
                isWholeOrNull(value) || isFraction(value),
                name,
                "must be a number that fits into 64 bits");
    }

    private boolean isFraction(JsonToken value) {
        return value == JsonToken.VALUE_NUMBER_FLOAT && Double.isFinite(parser.getDoubleValue());
    }

    private boolean isWholeOrNull(JsonToken value) {
        return value == JsonToken.VALUE_NULL
                || value == JsonToken.VALUE_NUMBER_INT
                        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    /** Other parsers compare names without regard to case, and would act on it. */
    static void requireNoOtherSpelling(String name, List<String> known) {
        for (String one : known) {
            if (one.equalsIgnoreCase(name)) {
                throw refused(one, "must be written in lower case");
            }
        }
    }

    /** Where the {@code null} stands that was read. */
    Range nullRange() {
        int from = tokenStart();
        return new Range(from, from + 4);
    }

    int tokenStart() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The index after what was read; exact after strings and braces only. */
    int here() {
        return (int) parser.currentLocation().getByteOffset();
    }

    static void require(boolean holds, String field, String otherwise) {
        if (!holds) {
            throw refused(field, otherwise);
        }
    }

    static InferenceRefused refused(String field, String otherwise) {
        return InferenceRefused.field(
                ProblemCode.INVALID_FIELD, field, "'" + field + "' " + otherwise + ".");
    }
}
