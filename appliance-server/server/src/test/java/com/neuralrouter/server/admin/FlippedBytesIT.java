package com.neuralrouter.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.EncryptedStores;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A byte of a stopped site's file is altered, anywhere. AES-256-XTS makes noise of 16 bytes then
 * and does not notice; H2 may. Either the site does not open and publish, or all rows that decide
 * are as they were.
 */
class FlippedBytesIT {
    private static final long SEED = 20_261_123;
    private static final int FLIPS = 60;

    /** Rows of these tables decide nothing; they may be damaged unnoticed. */
    private static final List<String> TELLING =
            List.of("AUDIT_ENTRY", "AUDIT_HEAD", "REQUEST", "API_KEY_USE", "flyway_schema_history");

    @TempDir private Path folder;

    @Test
    void isNoticedBeforeItDecidesWhereverItIs() throws Exception {
        try (var site = new TestSite(folder)) {
            for (int i = 0; i < 20; i++) {
                Workspace workspace = site.workspace("workspace-" + i);
                site.apiKeys.create(
                        site.as(Permission.API_KEYS_MANAGE),
                        workspace.id(),
                        new CreateApiKey("key", null));
            }
        }
        Path file = folder.resolve("data").resolve("site.mv.db");
        byte[] whole = Files.readAllBytes(file);
        Map<String, String> before = content();
        var random = new SplittableRandom(SEED);
        int refusedByTheStore = 0;
        int refusedByTheRows = 0;
        int toldOnly = 0;

        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = whole.clone();
            int at = random.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, flipped);
            Map<String, String> after = contentOrNothing();
            if (after.isEmpty()) {
                refusedByTheStore++;
            } else if (!decides(after).equals(decides(before))) {
                Files.write(file, flipped);
                assertThat(publishes()).as("seed %d, byte %d", SEED, at).isFalse();
                refusedByTheRows++;
            } else if (!after.equals(before)) {
                toldOnly++;
            }
        }

        System.out.printf(
                "flipped bytes: seed %d, %d flips in %d bytes: %d refused by the store, %d by the"
                        + " rows that decide, %d in rows that decide nothing, the rest in no row%n",
                SEED, FLIPS, whole.length, refusedByTheStore, refusedByTheRows, toldOnly);
    }

    private boolean publishes() throws IOException {
        Path copy = Files.createTempDirectory(folder, "copy");
        for (String part : List.of("data", "keys")) {
            Files.createDirectory(copy.resolve(part));
            try (var files = Files.list(folder.resolve(part))) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(part).resolve(file.getFileName()));
                }
            }
        }
        try (var _ = new TestSite(copy)) {
            return true;
        } catch (RuntimeException refused) {
            return false;
        }
    }

    private static Map<String, String> decides(Map<String, String> content) {
        Map<String, String> deciding = new TreeMap<>(content);
        deciding.keySet().removeAll(TELLING);
        return deciding;
    }

    private Map<String, String> contentOrNothing() {
        try {
            return content();
        } catch (RuntimeException refused) {
            return Map.of();
        }
    }

    private static String printed(ResultSet row) throws SQLException {
        var text = new StringBuilder();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            Object value = row.getObject(i);
            text.append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
            text.append('|');
        }
        return text.toString();
    }

    /** All rows of each table, by the table's name. */
    private Map<String, String> content() {
        try (Database database = Database.open(EncryptedStores.in(folder.resolve("data")))) {
            return database.read(tx -> {
                Map<String, String> content = new TreeMap<>();
                List<String> tables =
                        tx.handle()
                                .createQuery(
                                        "SELECT table_name FROM information_schema.tables WHERE"
                                                + " table_schema = 'PUBLIC'")
                                .mapTo(String.class)
                                .list();
                for (String table : tables) {
                    content.put(
                            table,
                            tx.handle()
                                    .createQuery("SELECT * FROM \"" + table + "\"")
                                    .map((row, _) -> printed(row))
                                    .list()
                                    .toString());
                }
                return content;
            });
        }
    }
}
