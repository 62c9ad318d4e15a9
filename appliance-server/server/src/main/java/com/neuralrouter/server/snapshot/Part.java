package com.neuralrouter.server.snapshot;

import com.neuralrouter.server.integrity.Verified;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What was compiled from some tables, kept until one of their rows is another one. What is kept was
 * made of verified rows, and is used again only while the verified state of the site says that the
 * same rows have to be there. Used under the publisher's lock.
 */
final class Part<T> {
    private final Function<Verified, String> stateOf;
    private String state = "";
    private @Nullable T value;

    private Part(Function<Verified, String> stateOf) {
        this.stateOf = stateOf;
    }

    /** Made of these tables alone. */
    static <T> Part<T> of(String... tables) {
        List<String> read = List.of(tables);
        return new Part<>(verified -> verified.stateOf(read));
    }

    /** Made of any tables but these, those of later versions too. */
    static <T> Part<T> ofAllBut(String... tables) {
        Set<String> unread = Set.of(tables);
        return new Part<>(verified -> verified.stateOfAllBut(unread));
    }

    T in(Verified verified, Supplier<T> compile) {
        String now = stateOf.apply(verified);
        if (value == null || !now.equals(state)) {
            value = compile.get();
            state = now;
        }
        return Objects.requireNonNull(value);
    }
}
