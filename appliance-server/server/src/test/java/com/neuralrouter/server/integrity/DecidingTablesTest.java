package com.neuralrouter.server.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.admin.TestSite;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The hole that this plugs: a table or a column that a migration adds and nobody authenticates. The
 * database's own catalogue is what the list is compared with.
 */
@Tag("store")
class DecidingTablesTest {
    @TempDir private Path folder;

    @Test
    void haveEveryTableAndEveryColumnThatTheStoreHas() {
        var listed = new TreeMap<String, List<String>>();
        for (DecidingTable table : DecidingTables.ALL) {
            listed.put(table.name(), described(table, DecidingTable.MAC));
        }
        listed.put("site", described(DecidingTables.SITE, "digest"));

        Map<String, List<String>> there = catalogue();
        assertThat(there.keySet()).containsAll(DecidingTables.DECIDING_NOTHING);
        there.keySet().removeAll(DecidingTables.DECIDING_NOTHING);
        // On PostgreSQL: the mark of the process that holds the store.
        there.remove("store_holder");
        assertThat(there).isEqualTo(listed);
    }

    private static List<String> described(DecidingTable table, String code) {
        return Stream.concat(
                        table.columns().stream().map(column -> column.name() + " " + column.type()),
                        Stream.of(code + " BYTES"))
                .sorted()
                .toList();
    }

    private Map<String, List<String>> catalogue() {
        var found = new TreeMap<String, List<String>>();
        try (var site = new TestSite(folder)) {
            site.database.read(tx -> {
                tx.handle()
                        .createQuery(
                                """
                                SELECT table_name, column_name, data_type
                                FROM information_schema.columns
                                WHERE UPPER(table_schema) = 'PUBLIC'
                                """)
                        .map((row, _) ->
                                found.computeIfAbsent(
                                                row.getString(1).toLowerCase(Locale.ROOT),
                                                _ -> new ArrayList<>())
                                        .add(
                                                row.getString(2).toLowerCase(Locale.ROOT)
                                                        + " "
                                                        + type(row.getString(3))))
                        .list();
                return found;
            });
        }
        found.values().forEach(columns -> columns.sort(null));
        return found;
    }

    private static String type(String sql) {
        return switch (sql.toUpperCase(Locale.ROOT)) {
            case "UUID" -> "UUID";
            case "INTEGER", "BIGINT" -> "NUMBER";
            case "BOOLEAN" -> "BOOLEAN";
            case "CHARACTER VARYING" -> "TEXT";
            case "TIMESTAMP WITH TIME ZONE" -> "TIME";
            case "BINARY VARYING", "BYTEA" -> "BYTES";
            default -> sql;
        };
    }
}
