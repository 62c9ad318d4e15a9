package com.neuralrouter.server.store;

import org.jdbi.v3.core.Handle;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A transaction that is open: what a {@code *Store} needs to read or write. Made by {@link
 * Database} for one call and of no use after it; belongs to the thread it is handed to.
 */
public final class Tx {
    private final Handle handle;
    private final Set<TouchedRows> touched = new LinkedHashSet<>();

    Tx(Handle handle) {
        this.handle = handle;
    }

    /** For {@code *Store} classes, {@code audit} and {@code admin} (rule R4). */
    public Handle handle() {
        return handle;
    }

    /**
     * Tells that rows of a table that decides were written or removed: those whose primary key
     * begins with these values. Only what was told here is signed at the transaction's end; a
     * {@code *Store} that forgets it makes a site that the next verification refuses. It is told in
     * memory, because whoever can write to the database could tell it there.
     */
    public void touched(String table, Object... keyBeginning) {
        touched.add(new TouchedRows(table, List.of(keyBeginning)));
    }

    public Set<TouchedRows> touched() {
        return touched;
    }
}
