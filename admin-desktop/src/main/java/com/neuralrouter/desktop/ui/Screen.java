package com.neuralrouter.desktop.ui;

import javafx.scene.Parent;

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

    /** Whether it can be left without losing anything that was typed. */
    default boolean mayLeave() {
        return true;
    }
}
