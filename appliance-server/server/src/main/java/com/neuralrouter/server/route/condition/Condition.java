package com.neuralrouter.server.route.condition;

import java.util.Collection;
import java.util.Set;

/**
 * A condition on a request, as in {@code tokens < 8000 && header["x-tier"] == "gold"}: a subset of
 * the Common Expression Language (the CEL specification, github.com/google/cel-spec), in which the
 * same text means the same. There are literals, lists of them, the variables of {@link Subject},
 * {@code ! && || == != < <= > >= in} and parentheses; of functions {@code size}, {@code
 * startsWith}, {@code endsWith} and {@code contains}. What is left out is what could loop, fail or
 * cost much: macros, arithmetic, regular expressions, conversions.
 *
 * <p>It is compiled when the site is published. Evaluating it visits each of its parts at the most
 * once. Immutable; safe for all threads. Two are equal when their texts are.
 */
public final class Condition {
    /** Longer ones are refused: a bound for the cost of every evaluation. */
    public static final int LONGEST = 1_000;

    private final String text;
    private final Term.Truth truth;

    private Condition(String text, Term.Truth truth) {
        this.text = text;
        this.truth = truth;
    }

    /**
     * Compiles it. Throws {@link ConditionRefused}.
     *
     * @param headers the names of the headers that it may look at, in lower case
     */
    public static Condition compile(String text, Collection<String> headers) {
        if (text.length() > LONGEST) {
            throw new ConditionRefused(
                    LONGEST, "the condition is longer than " + LONGEST + " characters");
        }
        return new Condition(text, new Parser(text, Set.copyOf(headers)).condition());
    }

    public boolean holdsFor(Subject subject) {
        return truth.of(subject);
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Condition that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
