package com.neuralrouter.server.store;

/** Where a store is, and thereby which database keeps it. */
public sealed interface StoreLocation permits StoreLocation.OfSite, PostgresBeside {

    /** Where a site's store can be. */
    sealed interface OfSite extends StoreLocation permits H2File, Postgres {}
}
