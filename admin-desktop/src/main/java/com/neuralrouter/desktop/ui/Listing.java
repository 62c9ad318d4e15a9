package com.neuralrouter.desktop.ui;

import com.neuralrouter.desktop.task.Loader;

import javafx.beans.Observable;

import java.util.List;

/**
 * What a {@link ListScreen} asks of its view model. It names no scene type, so that view models
 * stay testable without a toolkit (R14). Window's thread only.
 *
 * @param <S> what is read from the appliance
 * @param <T> one row of it
 */
public interface Listing<S, T> {
    /** What is read. */
    Loader<S> loader();

    /** Reads it again. */
    void refresh();

    /** Begins to read; also when it has begun already. */
    default void start() {
        refresh();
    }

    /** Stops reading; what is known stays. */
    default void stop() {
        loader().cancel();
    }

    /** Whether there is nothing in it, whatever the filters want. */
    boolean isEmpty(S read);

    /** Of what was read the rows to show, as the filters want. */
    List<T> rows(S read);

    /** What {@link #rows} depends on besides: a change of one asks for the rows anew. */
    default List<Observable> filters() {
        return List.of();
    }

    /** A list that is read whole. */
    interface Whole<T> extends Listing<List<T>, T> {
        @Override
        default boolean isEmpty(List<T> read) {
            return read.isEmpty();
        }

        @Override
        default List<T> rows(List<T> read) {
            return read;
        }
    }
}
