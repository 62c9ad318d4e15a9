package com.neuralrouter.desktop.task;

/**
 * The window's thread: {@code Platform::runLater} in the program, {@code Runnable::run} in a view
 * model's test.
 */
@FunctionalInterface
public interface UiThread {
    void run(Runnable action);
}
