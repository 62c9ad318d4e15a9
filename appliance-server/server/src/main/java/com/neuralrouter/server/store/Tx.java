package com.neuralrouter.server.store;

import org.jdbi.v3.core.Handle;

/**
 * A transaction that is open: what a {@code *Store} needs to read or write. Made by {@link
 * Database} for one call and of no use after it; belongs to the thread it is handed to.
 */
public final class Tx {
    private final Handle handle;

    Tx(Handle handle) {
        this.handle = handle;
    }

    /** For {@code *Store} classes, {@code audit} and {@code admin} (rule R4). */
    public Handle handle() {
        return handle;
    }
}
