package com.neuralrouter.server.store;

/** Where a site's store is, and thereby which database keeps it. */
public sealed interface StoreLocation permits H2File, Postgres {}
