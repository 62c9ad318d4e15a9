package com.neuralrouter.server.budget;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.neuralrouter.contract.BudgetDocument;

import tools.jackson.databind.json.JsonMapper;

/** A budget as the text that is kept: JSON, with nothing where nothing is said. */
final class BudgetText {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private BudgetText() {}

    static String write(Object document) {
        return JSON.writeValueAsString(document);
    }

    static BudgetDocument read(String text) {
        return JSON.readValue(text, BudgetDocument.class);
    }
}
