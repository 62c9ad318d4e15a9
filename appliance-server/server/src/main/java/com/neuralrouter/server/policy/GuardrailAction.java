package com.neuralrouter.server.policy;

import java.util.Locale;
import java.util.Optional;

/** What is done with what a guardrail finds, the strictest first. */
public enum GuardrailAction {
    /** The request, or the answer, ends. */
    BLOCK,
    /** A word stands in its place, for good. */
    MASK,
    /** A placeholder goes to the provider; in the answer the original is put back. */
    TOKENISE;

    static Optional<GuardrailAction> of(String word) {
        for (GuardrailAction action : values()) {
            if (action.word().equals(word)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    /** As a policy's document has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
