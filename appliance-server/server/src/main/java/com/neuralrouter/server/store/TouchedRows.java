package com.neuralrouter.server.store;

import java.util.List;

/**
 * Rows that a transaction has written or removed: those whose primary key begins with these values,
 * in the key's order.
 */
public record TouchedRows(String table, List<Object> key) {
    public TouchedRows {
        key = List.copyOf(key);
    }
}
