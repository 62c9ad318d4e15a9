package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.chat.ExactJson;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A request's body as a tree, where one look at it from its beginning to its end is not enough. */
public final class BodyTree {
    private BodyTree() {}

    /**
     * The body, which was read strictly before. Throws {@link InferenceRefused} for a number that
     * could be passed on as it stands, and can't be written again.
     */
    public static JsonNode of(byte[] body) {
        try {
            return ExactJson.read(body);
        } catch (JacksonException _) {
            throw InferenceRefused.because(
                    ProblemCode.MALFORMED_REQUEST,
                    "The body has a number whose exponent is too large.");
        }
    }
}
