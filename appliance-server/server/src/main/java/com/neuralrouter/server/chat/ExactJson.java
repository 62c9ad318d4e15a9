package com.neuralrouter.server.chat;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.function.Supplier;

/**
 * JSON whose numbers are what was written, where a binary fraction of 64 bits would be another
 * number, or none: what is read here and written again says the same. Who calculates with such a
 * number looks first at how large it is: {@code 1e999999999} is a few letters, and has a thousand
 * million digits.
 */
public final class ExactJson {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private ExactJson() {}

    /**
     * Reads a text. Throws {@link JacksonException}, which may quote it, if it is not JSON, or has
     * a number whose exponent needs more than 32 bits.
     */
    public static JsonNode read(byte[] text) {
        return read(text, 0, text.length);
    }

    /** As {@link #read(byte[])}, of a piece of the bytes. */
    public static JsonNode read(byte[] text, int from, int length) {
        return read(() -> JSON.readTree(text, from, length));
    }

    /** As {@link #read(byte[])}. */
    public static JsonNode read(String text) {
        return read(() -> JSON.readTree(text));
    }

    private static JsonNode read(Supplier<JsonNode> reading) {
        try {
            return reading.get();
        } catch (NumberFormatException _) {
            throw new StreamReadException(null, "an exponent needs more than 32 bits");
        }
    }

    public static byte[] write(JsonNode tree) {
        return JSON.writeValueAsBytes(tree);
    }
}
