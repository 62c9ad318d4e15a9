package com.neuralrouter.server.limit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.neuralrouter.contract.LimitsDocument;

import tools.jackson.databind.json.JsonMapper;

/** Limits as the text that is kept: JSON, with nothing where nothing is limited. */
final class LimitText {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private LimitText() {}

    static String write(LimitsDocument document) {
        return JSON.writeValueAsString(document);
    }

    static LimitsDocument read(String text) {
        return JSON.readValue(text, LimitsDocument.class);
    }
}
