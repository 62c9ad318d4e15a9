package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

import java.util.function.Function;

/**
 * Reads a body that must be one JSON object, strictly where two parsers might disagree: a field
 * that occurs twice, bytes that are not UTF-8, half a surrogate pair, anything after the object. It
 * builds no tree. Safe for all threads.
 */
final class StrictJson {
    /** Deeper than any tool's schema; a bomb is refused long before it costs anything. */
    private static final int DEEPEST = 64;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private StrictJson() {}

    /**
     * Reads the body. Throws {@link InferenceRefused} naming the field, or the place, that can't be
     * used.
     *
     * @param fields reads the object, from its brace to its end
     */
    static <T> T read(byte[] body, Function<JsonParser, T> fields) {
        requireObject(body);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            T request = fields.apply(parser);
            if (!StrictText.isUnambiguous(body)) {
                throw malformed("The body is not valid UTF-8, or escapes half a surrogate pair.");
            }
            return request;
        } catch (StreamConstraintsException tooMuch) {
            throw malformed(
                    "The body is nested more than %d levels deep, or has a number or a name that is"
                                    .formatted(DEEPEST)
                            + " too long.");
        } catch (JacksonException malformed) {
            throw malformed(
                    "The body is not valid JSON, or has a field twice" + place(malformed) + ".");
        }
    }

    /** Also keeps the parser from guessing another encoding by a byte order mark or zero bytes. */
    private static void requireObject(byte[] body) {
        int at = 0;
        while (at < body.length && isSpace(body[at])) {
            at++;
        }
        if (at == body.length) {
            throw malformed("The body is empty; send a JSON object.");
        }
        boolean utf8 = at + 1 < body.length && body[at + 1] != 0;
        if (body[at] != '{' || !utf8) {
            throw malformed("The body is not a JSON object in UTF-8.");
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static String place(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return at == null || at.getLineNr() < 1
                ? ""
                : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
    }

    private static InferenceRefused malformed(String detail) {
        return InferenceRefused.because(ProblemCode.MALFORMED_REQUEST, detail);
    }
}
