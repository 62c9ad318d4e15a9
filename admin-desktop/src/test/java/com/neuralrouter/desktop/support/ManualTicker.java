package com.neuralrouter.desktop.support;

import com.neuralrouter.desktop.task.Cancellable;
import com.neuralrouter.desktop.task.Ticker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Ticks when the test says so. */
public final class ManualTicker implements Ticker {
    private final List<Runnable> actions = new ArrayList<>();

    @Override
    public Cancellable every(Duration period, Runnable action) {
        actions.add(action);
        return () -> actions.remove(action);
    }

    /** One period of everything that ticks has passed. */
    public void tick() {
        List.copyOf(actions).forEach(Runnable::run);
    }

    /** How many things tick. */
    public int active() {
        return actions.size();
    }
}
