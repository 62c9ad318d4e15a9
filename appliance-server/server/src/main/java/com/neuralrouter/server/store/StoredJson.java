package com.neuralrouter.server.store;

import com.fasterxml.jackson.annotation.JsonInclude;

import tools.jackson.databind.json.JsonMapper;

/**
 * Documents as the text of a column: JSON, with nothing where a document says nothing. For {@code
 * *Store} classes and for entries about what they keep. Safe for all threads.
 */
public final class StoredJson {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private StoredJson() {}

    public static String write(Object document) {
        return JSON.writeValueAsString(document);
    }

    public static <T> T read(String text, Class<T> type) {
        return JSON.readValue(text, type);
    }
}
