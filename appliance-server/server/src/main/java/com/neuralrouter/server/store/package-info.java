/**
 * The database: opening, migrating, transactions and what a commit promises. It knows no table;
 * each table belongs to the one {@code *Store} class of its feature.
 *
 * <p>Start with {@link com.neuralrouter.server.store.Database}. Only {@code admin}, {@code audit}
 * and {@code usage} may obtain a {@link com.neuralrouter.server.store.Tx} (rule R8); SQL is written
 * nowhere but in {@code *Store} classes and {@code audit} (rule R4).
 */
@NullMarked
package com.neuralrouter.server.store;

import org.jspecify.annotations.NullMarked;
