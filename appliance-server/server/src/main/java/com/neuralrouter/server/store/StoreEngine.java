package com.neuralrouter.server.store;

import org.jdbi.v3.core.Handle;

import java.sql.Connection;
import java.util.Map;

import javax.sql.DataSource;

/**
 * What differs between the databases that can keep a store: how one is reached, what its columns
 * are called, and what makes a commit durable. {@link Database} has one and closes it last.
 */
interface StoreEngine {
    /**
     * The first connection to a new, empty store; it stays open until {@link #shutDown}. Throws
     * {@link StoreUnusable} when there is a store already, or none can be made.
     */
    Connection create();

    /**
     * The first connection to a store that is there; it stays open until {@link #shutDown}. Throws
     * {@link StoreUnusable} when there is none, or it can't be opened.
     */
    Connection open();

    /** Connections to the store, once it is open. */
    DataSource source();

    /** The database's own words for what the migrations leave open. */
    Map<String, String> placeholders();

    /** The schema that holds the tables, as {@code information_schema} writes it. */
    String schema();

    /** Where the store is, as sentences say it after "The store in". */
    String place();

    /** The sentence for a database that holds somebody else's tables. */
    String foreign();

    /** Commits; when this returns, the change outlives the loss of power. */
    void commitDurably(Handle handle);

    /** Ends the store in good order. */
    void shutDown(Connection first);
}
