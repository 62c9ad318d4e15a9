package com.neuralrouter.server.integrity;

import com.neuralrouter.server.store.Tx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
                        values.add(
                                DecidingRowStore.value(row, i + 1, table.columns().get(i).type()));
                    }
                    values.add(row.getBytes(table.columns().size() + 1));
                    return new AnyRow(table, values);
                })
                .list();
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

    AnyRow withKeyOf(AnyRow other) {
        AnyRow changed = this;
        for (int i = 0; i < table.key().size(); i++) {
            changed = changed.with(i, other.values().get(i));
        }
        return changed;
    }

    /** Bytes by what they are. */
    boolean sameAs(AnyRow other) {
        return Arrays.deepEquals(values.toArray(), other.values().toArray());
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
