package com.neuralrouter.server.integrity;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table whose rows decide something, with all of its columns but the one that keeps the row's
 * code.
 *
 * @param key the primary key's columns, in its order
 */
record DecidingTable(String name, List<Column> key, List<Column> others) {
    /** The column in which a row's code is. */
    static final String MAC = "mac";

    DecidingTable {
        key = List.copyOf(key);
        others = List.copyOf(others);
    }

    List<Column> columns() {
        return Stream.concat(key.stream(), others.stream()).toList();
    }

    /** All columns of all rows, in the order of their keys. */
    String everything() {
        return "SELECT "
                + names(columns())
                + ", "
                + MAC
                + " FROM "
                + name
                + " ORDER BY "
                + names(key);
    }

    /** All columns of the rows whose key begins with as many values. */
    String everythingBelow(int keyValues) {
        return "SELECT "
                + names(columns())
                + ", "
                + MAC
                + " FROM "
                + name
                + " WHERE "
                + equal(key.subList(0, keyValues));
    }

    /** Gives one row its code: that first, then the key. */
    String update() {
        return "UPDATE " + name + " SET " + MAC + " = ? WHERE " + equal(key);
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static String equal(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name() + " = ?")
                .collect(Collectors.joining(" AND "));
    }
}
