package com.neuralrouter.server.chat;

import java.math.BigDecimal;

/**
 * A number that the app gave.
 *
 * @param field what the app calls it, as in {@code max_completion_tokens}
 */
public record Given(String field, BigDecimal value) {

    /** For formats that take whole numbers. Throws {@link Inexpressible} if it is none. */
    public int whole() {
        try {
            return value.intValueExact();
        } catch (ArithmeticException _) {
            throw new Inexpressible(field, "must be a whole number of at most 31 bits here");
        }
    }
}
