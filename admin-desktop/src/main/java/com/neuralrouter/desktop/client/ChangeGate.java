package com.neuralrouter.desktop.client;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether this desktop may change anything at the appliance. Every call that changes something asks
 * it at the last moment, so that no button, shortcut or half-open form gets past it. Any thread.
 */
public final class ChangeGate {
    private final AtomicBoolean shut = new AtomicBoolean();

    /** No change goes through from now on. */
    public void shut() {
        shut.set(true);
    }

    /** Changes go through again. */
    public void open() {
        shut.set(false);
    }

    public boolean isShut() {
        return shut.get();
    }
}
