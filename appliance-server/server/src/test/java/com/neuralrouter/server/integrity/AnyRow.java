package com.neuralrouter.server.integrity;

import com.neuralrouter.server.store.Tx;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A row of any table that decides, as somebody with a database client sees and writes it.
 *
 * @param values those of all columns, then the row's code; null where there is none
 */
record AnyRow(DecidingTable table, List<Object> values) {

    AnyRow {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    static List<AnyRow> all(Tx tx, DecidingTable table) {
        return tx.handle()
                .createQuery(table.everything())
                .map((row, _) -> {
                    var values = new ArrayList<>();
                    for (int i = 0; i < table.columns().size(); i++) {
                        values.add(row.getObject(i + 1, javaType(table.columns().get(i).type())));
                    }
                    values.add(row.getBytes(table.columns().size() + 1));
                    return new AnyRow(table, values);
                })
                .list();
    }

    private static Class<?> javaType(Column.Type type) {
        return switch (type) {
            case UUID -> UUID.class;
            case NUMBER -> Long.class;
            case BOOLEAN -> Boolean.class;
            case TEXT -> String.class;
            case TIME -> OffsetDateTime.class;
            case BYTES -> byte[].class;
        };
    }

    List<Object> key() {
        return values.subList(0, table.key().size());
    }

    String name() {
        return key().stream().map(Object::toString).collect(Collectors.joining("/"));
    }

    AnyRow with(int column, Object value) {
        var changed = new ArrayList<>(values);
        changed.set(column, value);
        return new AnyRow(table, changed);
    }

    /** Where the row's code is among the values. */
    int mac() {
        return values.size() - 1;
    }

    void insert(Tx tx) {
        tx.handle()
                .execute(
                        "INSERT INTO "
                                + table.name()
                                + " ("
                                + columns(", ", "")
                                + ") VALUES ("
                                + String.join(", ", Collections.nCopies(values.size(), "?"))
                                + ")",
                        values.toArray());
    }

    void delete(Tx tx) {
        tx.handle().execute("DELETE FROM " + table.name() + " WHERE " + keyIs(), key().toArray());
    }

    /** Puts this row in the place of another. */
    void replace(Tx tx, AnyRow other) {
        var parameters = new ArrayList<>(values);
        parameters.addAll(other.key());
        tx.handle()
                .execute(
                        "UPDATE "
                                + table.name()
                                + " SET "
                                + columns(" = ?, ", " = ?")
                                + " WHERE "
                                + keyIs(),
                        parameters.toArray());
    }

    private String columns(String between, String behind) {
        return table.columns().stream()
                .map(Column::name)
                .collect(Collectors.joining(between, "", between + DecidingTable.MAC + behind));
    }

    private String keyIs() {
        return table.key().stream()
                .map(column -> column.name() + " = ?")
                .collect(Collectors.joining(" AND "));
    }
}
