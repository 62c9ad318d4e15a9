package com.neuralrouter.server.chat;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * What the model may call.
 *
 * @param choice whether it must
 * @param parallel whether it may call several at once; true unless the app says otherwise
 * @param parallelAt where it says so, as in {@code tool_choice.disable_parallel_tool_use}
 */
public record Tools(List<Tool> list, Choice choice, boolean parallel, String parallelAt) {
    /** There are none. */
    public static final Tools NONE = new Tools(List.of(), Choice.Auto.AUTO);

    public Tools {
        list = List.copyOf(list);
    }

    /** Several of which may be called at once. */
    public Tools(List<Tool> list, Choice choice) {
        this(list, choice, true, "");
    }

    /**
     * A function that the app offers.
     *
     * @param at where it stands in the app's request, as in {@code tools[0]}
     * @param description empty if there is none
     * @param parameters the JSON Schema of its arguments, an object
     * @param strict whether the arguments must fit the schema
     */
    public record Tool(
            String at, String name, String description, JsonNode parameters, boolean strict) {

        /** Shows no content. */
        @Override
        public String toString() {
            return "Tool[" + at + "]";
        }
    }

    /** Whether the model must call something. */
    public sealed interface Choice {

        /** A choice without a name. */
        enum Auto implements Choice {
            /** The model decides. */
            AUTO,
            /** It must call nothing. */
            NONE,
            /** It must call something. */
            REQUIRED
        }

        /** It must call that one. */
        record Named(String name) implements Choice {}
    }
}
