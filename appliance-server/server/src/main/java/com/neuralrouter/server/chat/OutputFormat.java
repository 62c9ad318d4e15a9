package com.neuralrouter.server.chat;

import tools.jackson.databind.JsonNode;

/** What form the answer's text must have. */
public sealed interface OutputFormat {

    /** Forms that need no more words. */
    enum Plain implements OutputFormat {
        /** Any text. */
        TEXT,
        /** Any JSON object. */
        JSON
    }

    /**
     * JSON that fits a schema.
     *
     * @param field where the app asks for it, as in {@code response_format}
     * @param name what the app calls the schema; empty if it has no name
     * @param schema the JSON Schema, an object
     * @param strict whether the provider must make sure that it fits
     */
    record Schema(String field, String name, JsonNode schema, boolean strict)
            implements OutputFormat {

        /** Shows no content. */
        @Override
        public String toString() {
            return "Schema[" + field + "]";
        }
    }
}
