package com.neuralrouter.server.store;

/**
 * A store beside the one of a site, in the same database, until a restore is proven: see {@link
 * PostgresPlace}, which makes the room for it.
 *
 * @param target where the site's own store is
 */
public record PostgresBeside(Postgres target) implements StoreLocation {}
