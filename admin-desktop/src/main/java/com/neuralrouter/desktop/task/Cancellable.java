package com.neuralrouter.desktop.task;

/** Something under way that can be given up. Giving up twice, or too late, does nothing. */
@FunctionalInterface
public interface Cancellable {
    Cancellable NOTHING = () -> {};

    void cancel();
}
