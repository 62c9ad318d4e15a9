package com.neuralrouter.server.backup;

import java.util.List;

/** The first line of a table in a backup: what its rows' values are. */
record TableHead(List<Column> columns) {

    TableHead {
        columns = List.copyOf(columns);
    }

    /** One column; {@code type} tells how its values are written. */
    record Column(String name, ColumnType type) {}

    static TableHead of(Table table) {
        return new TableHead(
                table.columns().stream()
                        .map(column -> new Column(column.name(), column.type()))
                        .toList());
    }
}
