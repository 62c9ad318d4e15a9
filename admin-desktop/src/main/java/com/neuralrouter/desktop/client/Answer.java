package com.neuralrouter.desktop.client;

import java.util.function.Function;

/** What came of a call to the appliance: the value that was asked for, or why there is none. */
public sealed interface Answer<T> {

    /** It worked. */
    record Ok<T>(T value) implements Answer<T> {}

    /** It did not, and this is why. */
    record Refused<T>(Trouble trouble) implements Answer<T> {}

    /** The same answer with the value turned into another. */
    default <R> Answer<R> map(Function<? super T, ? extends R> turn) {
        return switch (this) {
            case Ok<T>(T value) -> new Ok<>(turn.apply(value));
            case Refused<T>(Trouble trouble) -> new Refused<>(trouble);
        };
    }

    /** Goes on with the value, or stays refused. */
    default <R> Answer<R> then(Function<? super T, Answer<R>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Refused<T>(Trouble trouble) -> new Refused<>(trouble);
        };
    }
}
