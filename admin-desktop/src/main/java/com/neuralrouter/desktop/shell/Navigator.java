package com.neuralrouter.desktop.shell;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/**
 * Where the window is, where it was, and where it can go back to. A screen with something unsaved
 * can forbid to leave it. Window's thread only.
 */
public final class Navigator {
    private final ReadOnlyObjectWrapper<Destination> current =
            new ReadOnlyObjectWrapper<>(Destination.OVERVIEW);
    private final Deque<Destination> past = new ArrayDeque<>();
    private final Deque<Destination> future = new ArrayDeque<>();
    private BooleanSupplier mayLeave = () -> true;

    public ReadOnlyObjectProperty<Destination> current() {
        return current.getReadOnlyProperty();
    }

    /** Goes there; forgets what one could go forward to. */
    public void go(Destination destination) {
        if (destination == current.get() || !mayLeave.getAsBoolean()) {
            return;
        }
        past.push(current.get());
        future.clear();
        current.set(destination);
    }

    /** Goes to where it was before, if it was anywhere. */
    public void back() {
        step(past, future);
    }

    /** Undoes a {@link #back}. */
    public void forward() {
        step(future, past);
    }

    /** Who is asked before the current screen is left; replaces the one before. */
    public void guardedBy(BooleanSupplier guard) {
        mayLeave = guard;
    }

    private void step(Deque<Destination> from, Deque<Destination> to) {
        if (from.isEmpty() || !mayLeave.getAsBoolean()) {
            return;
        }
        to.push(current.get());
        current.set(from.pop());
    }
}
