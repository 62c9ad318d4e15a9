package com.neuralrouter.server.chat;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The arguments of a call as JSON, for formats that have them so and not as text. */
public final class ToolArguments {
    /** Numbers stay as the model wrote them. */
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private ToolArguments() {}

    /** Throws {@link Inexpressible} if they are no object; none at all are an empty one. */
    public static ObjectNode object(Part.ToolCall call) {
        if (call.arguments().isBlank()) {
            return JSON.createObjectNode();
        }
        try {
            if (JSON.readTree(call.arguments()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException _) {
            // It quotes the arguments, so it goes no further.
        }
        throw new Inexpressible(call.at(), "has arguments that are not a JSON object");
    }
}
