package com.neuralrouter.server.store;

import java.util.Map;

import javax.sql.DataSource;

/**
 * What differs between the databases that can keep a store, before it is open: how one is reached
 * and what its columns are called. What differs afterwards is in {@link OpenStore}.
 */
interface StoreEngine {
    /**
     * Opens a new, empty store. Throws {@link StoreUnusable} when there is a store already, or none
     * can be made.
     */
    OpenStore create();

    /** Opens the store that is there. Throws {@link StoreUnusable} when that can't be. */
    OpenStore open();

    /** Connections for transactions, once the store is open. */
    DataSource source();

    /** Connections for migrations, which may take their time. */
    DataSource patientSource();

    /** The database's own words for what the migrations leave open. */
    Map<String, String> placeholders();

    /** Where the store is, as sentences say it after "The store in". */
    String place();
}
