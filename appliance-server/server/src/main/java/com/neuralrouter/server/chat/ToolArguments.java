package com.neuralrouter.server.chat;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The arguments of a call as JSON, for formats that have them so and not as text. */
public final class ToolArguments {
    private ToolArguments() {}

    /** Throws {@link Inexpressible} if they are no object; none at all are an empty one. */
    public static ObjectNode object(Part.ToolCall call) {
        if (call.arguments().isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            if (ExactJson.read(call.arguments()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException _) {
            // It quotes the arguments, so it goes no further.
        }
        throw new Inexpressible(call.at(), "has arguments that are not a JSON object");
    }
}
