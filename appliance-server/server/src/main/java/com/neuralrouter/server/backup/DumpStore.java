package com.neuralrouter.server.backup;

import com.neuralrouter.server.backup.Table.Column;
import com.neuralrouter.server.store.Tx;

import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All tables, whoever they belong to: what they are like, their rows in pages, and rows put in. The
 * statements are made from the database's own description of itself, in SQL that H2 and PostgreSQL
 * share. No state; safe for all threads.
 */
final class DumpStore {
    /**
     * A restored store has its own: Flyway's history and, on PostgreSQL, the mark of the process
     * that holds the store.
     */
    private static final Set<String> A_STORES_OWN = Set.of("flyway_schema_history", "store_holder");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /** About so much of a table is in memory at once. */
    private static final long PAGE_BYTES = 4L << 20;

    private static final int PAGE_ROWS = 1000;

    /** The number of the last schema step that was taken. */
    int schemaVersion(Tx tx) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT MAX(CAST("version" AS INTEGER)) FROM "flyway_schema_history"
                        WHERE "success" = TRUE
                        """)
                .mapTo(Integer.class)
                .one();
    }

    /** All tables but a store's own, each behind those that it points to. */
    List<Table> tables(Tx tx) {
        Map<String, List<Column>> columns = columns(tx);
        Map<String, List<String>> keys = named(tx, KEYS);
        Map<String, List<String>> parents = named(tx, PARENTS);
        var left = new LinkedHashMap<String, Table>();
        columns.forEach((name, of) ->
                left.put(
                        name,
                        new Table(
                                name,
                                of,
                                keys.getOrDefault(name, List.of()),
                                parents.getOrDefault(name, List.of()))));
        var ordered = new ArrayList<Table>();
        while (!left.isEmpty()) {
            List<Table> free =
                    left.values().stream()
                            .filter(table -> table.parents().stream().noneMatch(left::containsKey))
                            .toList();
            if (free.isEmpty()) {
                throw new IllegalStateException("tables point to each other: " + left.keySet());
            }
            ordered.addAll(free);
            free.forEach(table -> left.remove(table.name()));
        }
        return List.copyOf(ordered);
    }

    private static Map<String, List<Column>> columns(Tx tx) {
        var found = new LinkedHashMap<String, List<Column>>();
        tx.handle()
                .createQuery(
                        """
                        SELECT LOWER(c.table_name) AS table_name, LOWER(c.column_name) AS column_name,
                               LOWER(c.data_type) AS data_type,
                               COALESCE(c.character_maximum_length, 0) AS most
                        FROM information_schema.columns c
                        JOIN information_schema.tables t
                          ON t.table_schema = c.table_schema AND t.table_name = c.table_name
                        WHERE c.table_schema = CURRENT_SCHEMA AND t.table_type = 'BASE TABLE'
                        ORDER BY LOWER(c.table_name), c.ordinal_position
                        """)
                .map((row, _) -> {
                    String table = row.getString("table_name");
                    if (!A_STORES_OWN.contains(table)) {
                        found.computeIfAbsent(checked(table), _ -> new ArrayList<>())
                                .add(
                                        new Column(
                                                checked(row.getString("column_name")),
                                                ColumnType.of(row.getString("data_type")),
                                                row.getLong("most")));
                    }
                    return table;
                })
                .list();
        return found;
    }

    private static final String KEYS =
            """
            SELECT LOWER(k.table_name) AS owner, LOWER(k.column_name) AS item
            FROM information_schema.key_column_usage k
            JOIN information_schema.table_constraints c
              ON c.constraint_schema = k.constraint_schema
             AND c.constraint_name = k.constraint_name AND c.table_name = k.table_name
            WHERE k.table_schema = CURRENT_SCHEMA AND c.constraint_type = 'PRIMARY KEY'
            ORDER BY LOWER(k.table_name), k.ordinal_position
            """;

    private static final String PARENTS =
            """
            SELECT DISTINCT LOWER(child.table_name) AS owner, LOWER(parent.table_name) AS item
            FROM information_schema.referential_constraints r
            JOIN information_schema.table_constraints child
              ON child.constraint_schema = r.constraint_schema
             AND child.constraint_name = r.constraint_name
            JOIN information_schema.table_constraints parent
              ON parent.constraint_schema = r.unique_constraint_schema
             AND parent.constraint_name = r.unique_constraint_name
            WHERE child.table_schema = CURRENT_SCHEMA
            """;

    private static Map<String, List<String>> named(Tx tx, String query) {
        var found = new LinkedHashMap<String, List<String>>();
        tx.handle()
                .createQuery(query)
                .map((row, _) ->
                        found.computeIfAbsent(row.getString("owner"), _ -> new ArrayList<>())
                                .add(checked(row.getString("item"))))
                .list();
        return found;
    }

    /** A name goes into a statement as it is. */
    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalStateException("a table or column has a name of another form");
        }
        return name;
    }

    /**
     * The rows behind a key, in its order, as many as fit into some MiB: no database has to hold a
     * large result, in memory or in a file of its own.
     *
     * @param after the key's values in the last row before; empty for the beginning
     */
    List<Row> page(Tx tx, Table table, List<Object> after) {
        String columns = names(table.columns());
        String key = String.join(", ", table.key());
        String marks = marks(table.key().size());
        String first = table.key().getFirst();
        // The first comparison is implied by the second; by it an index is found.
        String where =
                after.isEmpty()
                        ? ""
                        : " WHERE %s >= ? AND (%s) > (%s)".formatted(first, key, marks);
        String sql =
                "SELECT %s FROM %s%s ORDER BY %s LIMIT %d"
                        .formatted(columns, table.name(), where, key, rows(table));
        try (Query query = tx.handle().createQuery(sql)) {
            if (!after.isEmpty()) {
                query.bind(0, after.getFirst());
                for (int i = 0; i < after.size(); i++) {
                    query.bind(i + 1, after.get(i));
                }
            }
            return query.map((row, _) -> row(table, row)).list();
        }
    }

    private static int rows(Table table) {
        return Math.clamp(PAGE_BYTES / table.mostBytes(), 1, PAGE_ROWS);
    }

    private static Row row(Table table, ResultSet row) throws SQLException {
        var values = new ArrayList<@Nullable Object>(table.columns().size());
        for (int i = 0; i < table.columns().size(); i++) {
            values.add(row.getObject(i + 1, table.columns().get(i).type().javaType()));
        }
        return new Row(values);
    }

    /** Puts rows in. */
    void insert(Tx tx, Table table, List<Row> rows) {
        String sql =
                "INSERT INTO %s (%s) VALUES (%s)"
                        .formatted(
                                table.name(),
                                names(table.columns()),
                                marks(table.columns().size()));
        // Jdbi's own batches keep a map for each row.
        try (PreparedStatement batch = tx.handle().getConnection().prepareStatement(sql)) {
            for (Row row : rows) {
                for (int i = 0; i < row.values().size(); i++) {
                    batch.setObject(i + 1, row.values().get(i));
                }
                batch.addBatch();
            }
            int[] _ = batch.executeBatch();
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
    }

    /** Takes all rows out of the tables. */
    void clear(Tx tx, List<Table> tables) {
        for (Table table : tables.reversed()) {
            tx.handle().execute("DELETE FROM " + table.name());
        }
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
