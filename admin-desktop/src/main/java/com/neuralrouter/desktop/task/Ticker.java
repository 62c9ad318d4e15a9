package com.neuralrouter.desktop.task;

import java.time.Duration;

/** Does something again and again on the window's thread, until it is cancelled. */
@FunctionalInterface
public interface Ticker {
    /** The first time after one period. */
    Cancellable every(Duration period, Runnable action);
}
