package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.listener.Listeners;
import com.neuralrouter.server.listener.Plane;

import org.jspecify.annotations.Nullable;

/**
 * Tells the parts that are made before the listeners which ports these got: the system may choose
 * them. Set once, before the first request can ask.
 */
final class BoundPorts {
    private volatile @Nullable Listeners listeners;

    void are(Listeners started) {
        listeners = started;
    }

    int of(Plane plane) {
        Listeners started = listeners;
        if (started == null) {
            throw new IllegalStateException("the listeners have not been started yet");
        }
        return started.port(plane);
    }
}
