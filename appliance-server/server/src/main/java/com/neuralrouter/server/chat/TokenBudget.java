package com.neuralrouter.server.chat;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/**
 * How many tokens an answer may have and how many of them are for thoughts, for formats that want
 * both as numbers and the thoughts to be fewer.
 *
 * @param thoughts 0 if nothing was said about thinking, or that there shall be none
 */
public record TokenBudget(BigDecimal answer, int thoughts) {
    private static final int FEWEST_THOUGHTS = 1_024;

    /**
     * Throws {@link Inexpressible} where the two do not go together.
     *
     * @param usual how many an answer may have besides its thoughts if the app gave no number
     */
    public static TokenBudget of(Conversation conversation, int usual) {
        Given most = conversation.settings().get(Setting.MAX_OUTPUT_TOKENS);
        int thoughts =
                switch (conversation.thinking()) {
                    case Thinking.Unsaid _ -> 0;
                    case Thinking.Off _ -> 0;
                    case Thinking.Budget asked -> thoughts(asked, most);
                    case Thinking.Effortful asked -> thoughts(asked, most);
                };
        return new TokenBudget(
                most == null ? BigDecimal.valueOf(usual + (long) thoughts) : most.value(),
                thoughts);
    }

    private static int thoughts(Thinking.Budget asked, @Nullable Given most) {
        if (most != null && BigDecimal.valueOf(asked.tokens()).compareTo(most.value()) >= 0) {
            throw new Inexpressible(
                    asked.field(), "must be less than '" + most.field() + "' for this provider");
        }
        return asked.tokens();
    }

    /** A word is no number: it leaves a quarter of what the answer may have for the answer. */
    private static int thoughts(Thinking.Effortful asked, @Nullable Given most) {
        int tokens = asked.effort().tokens();
        if (most == null) {
            return tokens;
        }
        long room = Math.min(tokens, most.value().longValue() * 3 / 4);
        if (room < FEWEST_THOUGHTS) {
            throw new Inexpressible(
                    asked.field(),
                    "needs a larger '" + most.field() + "': thinking takes 1024 tokens at least");
        }
        return (int) room;
    }
}
