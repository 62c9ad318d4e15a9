package com.neuralrouter.server.snapshot;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Holds the published snapshot. The inference plane reads it once for each request; only the
 * publisher writes it.
 */
public final class Snapshots {
    private final AtomicReference<GatewaySnapshot> current;

    public Snapshots(GatewaySnapshot first) {
        this.current = new AtomicReference<>(first);
    }

    public GatewaySnapshot current() {
        return current.get();
    }

    /** From the moment this returns, every new request is decided by {@code next}. */
    public void publish(GatewaySnapshot next) {
        current.set(next);
    }
}
