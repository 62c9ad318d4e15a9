package com.neuralrouter.server.route.condition;

import java.util.List;
import java.util.Set;

/** A part of a condition with the type of its value, compiled. */
sealed interface Term {

    /** A {@code bool}. */
    @FunctionalInterface
    non-sealed interface Truth extends Term {
        boolean of(Subject subject);
    }

    /** An {@code int}. */
    @FunctionalInterface
    non-sealed interface Whole extends Term {
        long of(Subject subject);
    }

    /** A {@code string}. */
    @FunctionalInterface
    non-sealed interface Text extends Term {
        String of(Subject subject);
    }

    /** A list of strings, all of them literals. */
    record Texts(List<String> all, Set<String> distinct) implements Term {}

    /** A list of numbers, all of them literals. */
    record Wholes(List<Long> all) implements Term {}

    /** The map {@code header}, which has no use but that its members are looked up. */
    record Headers() implements Term {}

    /** The map {@code key}, likewise. */
    record Key() implements Term {}

    default String type() {
        return switch (this) {
            case Truth _ -> "a truth value";
            case Whole _ -> "a number";
            case Text _ -> "a text";
            case Texts _ -> "a list of texts";
            case Wholes _ -> "a list of numbers";
            case Headers _ -> "all headers";
            case Key _ -> "the key as a whole";
        };
    }
}
