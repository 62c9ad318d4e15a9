package com.neuralrouter.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings a store with data from each released schema to the newest. A release adds one file to
 * {@code resources/store/released}, named by its schema, and nothing else.
 */
@Tag("store")
class MigrationsTest {
    @TempDir private Path folder;

    static List<Path> released() throws IOException, URISyntaxException {
        var resources = MigrationsTest.class.getResource("/store/released");
        try (Stream<Path> files = Files.list(Path.of(Objects.requireNonNull(resources).toURI()))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("released")
    void keepsEveryRowOfARelease(Path release) throws IOException {
        String name = release.getFileName().toString();
        int schema = Integer.parseInt(name.substring(1, name.indexOf('.')));
        String script = Files.readString(release);
        StoreLocation location = TestStores.empty(folder.resolve(name));
        Map<String, List<Map<String, String>>> before;
        try (Database old = Database.create(location, schema)) {
            old.write(tx -> tx.handle().createScript(script).execute());
            before = rows(old);
        }
        assertThat(before).allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());

        try (Database newest = Database.open(location)) {
            Map<String, List<Map<String, String>>> after = rows(newest);

            assertThat(after.keySet()).containsAll(before.keySet());
            before.forEach((table, rows) ->
                    assertThat(columnsOf(rows.getFirst(), after.get(table)))
                            .as(table)
                            .containsExactlyInAnyOrderElementsOf(rows));
        }
    }

    private static List<Map<String, String>> columnsOf(
            Map<String, String> model, List<Map<String, String>> rows) {
        return rows.stream()
                .map(row -> {
                    Map<String, String> only = new TreeMap<>(row);
                    only.keySet().retainAll(model.keySet());
                    return only;
                })
                .toList();
    }

    private static Map<String, List<Map<String, String>>> rows(Database database) {
        return database.read(tx ->
                tx
                        .handle()
                        .createQuery(
                                """
                                SELECT table_name FROM information_schema.tables
                                WHERE LOWER(table_schema) = 'public'
                                    AND table_name NOT IN ('flyway_schema_history', 'store_holder')
                                """)
                        .mapTo(String.class)
                        .stream()
                        .collect(
                                Collectors.toMap(
                                        table -> table.toLowerCase(Locale.ROOT),
                                        table -> rows(tx, table))));
    }

    private static List<Map<String, String>> rows(Tx tx, String table) {
        return tx.handle().createQuery("SELECT * FROM " + table).mapToMap().list().stream()
                .map(MigrationsTest::texts)
                .toList();
    }

    private static Map<String, String> texts(Map<String, Object> row) {
        Map<String, String> texts = new TreeMap<>();
        row.forEach((column, value) -> {
            String text =
                    value instanceof byte[] bytes
                            ? HexFormat.of().formatHex(bytes)
                            : String.valueOf(value);
            texts.put(column, text);
        });
        return texts;
    }
}
