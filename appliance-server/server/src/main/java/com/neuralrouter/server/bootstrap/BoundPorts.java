package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.listener.Listeners;
import com.neuralrouter.server.listener.Plane;

import org.jspecify.annotations.Nullable;

/**
 * Tells the parts that are made before the listeners which ports these got, because the system may
 * choose them, and how many connections they hold. Set once, before the first request can ask.
 */
final class BoundPorts {
    private volatile @Nullable Listeners listeners;

    void are(Listeners started) {
        listeners = started;
    }

    int of(Plane plane) {
        return started().port(plane);
    }

    /** How many connections they hold. */
    int connections() {
        return started().connections();
    }

    private Listeners started() {
        Listeners started = listeners;
        if (started == null) {
            throw new IllegalStateException("the listeners have not been started yet");
        }
        return started;
    }
}
