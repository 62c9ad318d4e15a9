package com.neuralrouter.desktop.ui;

import javafx.scene.Parent;

import java.util.List;

/**
 * One screen of the shell. It is made when it is first gone to and lives until the connection is
 * left; {@link #shown} and {@link #hidden} are called each time it comes and goes.
 */
public interface Screen {
    Parent node();

    /** It is in the window now: read what it shows, begin to listen. */
    void shown();

    /** It is not in the window any more: stop reading and listening. */
    void hidden();

    /** F5 was pressed, or the connection is back. */
    default void refresh() {
        shown();
    }

    /** Whether it can be left without losing anything that was typed. */
    default boolean mayLeave() {
        return true;
    }

    /** What can be done here, for palette and shortcuts while it is in the window. */
    default List<UiCommand> commands() {
        return List.of();
    }
}
