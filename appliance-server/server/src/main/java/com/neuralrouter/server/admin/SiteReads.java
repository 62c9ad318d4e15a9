package com.neuralrouter.server.admin;

import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.Tx;

import java.util.function.Function;

/**
 * The one way to read the site: each call sees one consistent state of all tables, and can change
 * none of them. Safe for all threads.
 */
public final class SiteReads {
    private final Database database;

    public SiteReads(Database database) {
        this.database = database;
    }

    /** Throws {@link com.neuralrouter.server.store.StoreFailure}. */
    public <T> T read(Function<Tx, T> body) {
        return database.read(body);
    }
}
