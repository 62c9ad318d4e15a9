package com.neuralrouter.server.backup;

import java.util.List;

/**
 * A table as the database describes it, all names in lower case.
 *
 * @param columns in their order
 * @param key the names of the primary key's columns, in its order
 * @param parents the tables that its foreign keys point to
 */
record Table(String name, List<Column> columns, List<String> key, List<String> parents) {

    Table {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        parents = List.copyOf(parents);
        if (key.isEmpty()) {
            throw new IllegalStateException("the table " + name + " has no primary key");
        }
    }

    /**
     * One column.
     *
     * @param most how many characters or bytes a value may have; 0 where the type says it
     */
    record Column(String name, ColumnType type, long most) {}

    /** Where the key's columns are among all. */
    List<Integer> keyPlaces() {
        List<String> names = columns.stream().map(Column::name).toList();
        return key.stream().map(names::indexOf).toList();
    }

    /** How large a row can be, roughly. */
    long mostBytes() {
        return columns.stream().mapToLong(column -> column.most() + 40).sum();
    }
}
