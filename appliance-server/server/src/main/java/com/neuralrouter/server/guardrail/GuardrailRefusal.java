package com.neuralrouter.server.guardrail;

/**
 * A guardrail ends the request or its answer. The message names the guardrail and the place, never
 * what was found.
 */
public final class GuardrailRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GuardrailRefusal(String guardrail, String sentence) {
        super("The guardrail " + guardrail + " " + sentence, null, false, false);
    }

    /** For the person who reads it. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
