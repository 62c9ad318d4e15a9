package com.neuralrouter.server.snapshot;

import com.neuralrouter.contract.WorkspaceId;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Holds the published snapshot. The inference plane reads it once for each request; only the
 * publisher writes it. It is valid while this process holds the store: otherwise another process
 * may have revoked what it grants.
 */
public final class Snapshots {
    private final AtomicReference<GatewaySnapshot> current;
    private final BooleanSupplier storeHeld;

    /**
     * @param storeHeld asked for each request, and waits for nothing
     */
    public Snapshots(GatewaySnapshot first, BooleanSupplier storeHeld) {
        this.current = new AtomicReference<>(first);
        this.storeHeld = storeHeld;
    }

    /** Whether {@link #current()} is the site's state. */
    public boolean valid() {
        return storeHeld.getAsBoolean();
    }

    public GatewaySnapshot current() {
        return current.get();
    }

    /** What a workspace is called; empty if there is none of that id. */
    public Optional<String> nameOf(WorkspaceId workspace) {
        return current().workspace(workspace).map(WorkspaceView::name);
    }

    /** From the moment this returns, every new request is decided by {@code next}. */
    public void publish(GatewaySnapshot next) {
        current.set(next);
    }
}
