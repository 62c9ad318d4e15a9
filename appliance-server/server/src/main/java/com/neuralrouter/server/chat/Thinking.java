package com.neuralrouter.server.chat;

import java.util.Locale;

/**
 * How much the model is to reason before it answers. Formats say it in words or in tokens; one is
 * taken for the other by the table in {@link Effort}, which the reference documents.
 */
public sealed interface Thinking {

    /** Nothing was said. */
    enum Unsaid implements Thinking {
        UNSAID
    }

    /** It must not. */
    record Off(String field) implements Thinking {}

    /**
     * In words.
     *
     * @param field what the app calls it, as in {@code reasoning_effort}
     */
    record Effortful(String field, Effort effort) implements Thinking {}

    /**
     * In tokens.
     *
     * @param field what the app calls it, as in {@code thinking.budget_tokens}
     */
    record Budget(String field, int tokens) implements Thinking {}

    /** The words, and the budget each stands for where a format wants tokens. */
    enum Effort {
        MINIMAL(1_024),
        LOW(2_048),
        MEDIUM(8_192),
        HIGH(24_576);

        private final int tokens;

        Effort(int tokens) {
            this.tokens = tokens;
        }

        /** The budget in tokens that stands for the word. */
        public int tokens() {
            return tokens;
        }

        /** The smallest word whose budget is not smaller, or the largest word. */
        public static Effort of(int tokens) {
            for (Effort effort : values()) {
                if (effort.tokens >= tokens) {
                    return effort;
                }
            }
            return HIGH;
        }

        /** As formats write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
