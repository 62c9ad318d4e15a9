package com.neuralrouter.server.acceptance;

import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.EncryptedStores;
import com.neuralrouter.server.store.StoreFailure;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A process that puts rows into a store, fails with some, sorts very many and is killed while it
 * holds the result. Started by {@link StoreCanaryIT}.
 */
final class RowsUntilKilled {
    static final String ROW = "canary-in-a-row-4711";
    static final String ERROR = "canary-in-an-error-4712";
    static final String SORTED = "canary-in-a-sort-4713-";
    static final String LARGE = "canary-in-a-large-object-4714";

    private static final String ADD =
            "INSERT INTO audit_entry VALUES (%d, CURRENT_TIMESTAMP, 'a', 'a', 'a', NULL, 'a', 'a',"
                    + " NULL, 'done', RANDOM_UUID(), '%s')";
    private static final String SORT =
            "SELECT DISTINCT '" + SORTED + "' || x AS t FROM SYSTEM_RANGE(1, 400000) ORDER BY t";

    private RowsUntilKilled() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("ours")) {
            ours(folder);
        } else {
            bareH2(folder);
        }
    }

    private static void ours(Path folder) {
        Database database = Database.create(EncryptedStores.in(folder));
        database.write(tx -> tx.handle().execute(ADD.formatted(1, ROW)));
        try {
            database.write(tx -> tx.handle().execute(ADD.formatted(1, ERROR)));
        } catch (StoreFailure expected) {
            System.err.println(expected.getMessage());
        }
        database.read(tx -> {
            // No column is a large object, but a value may be one.
            tx.handle()
                    .createQuery("SELECT CAST(REPEAT('" + LARGE + "', 20000) AS CLOB) AS l")
                    .mapTo(String.class)
                    .one();
            try (var rows = tx.handle().createQuery(SORT).mapTo(String.class).iterator()) {
                return hold(rows.next());
            }
        });
    }

    /** H2 with what it does unasked: no cipher, and its own settings. */
    private static void bareH2(Path folder) throws SQLException {
        String url = "jdbc:h2:file:" + folder.resolve("site") + ";TRACE_LEVEL_FILE=1";
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, d VARCHAR(100), l CLOB)");
            statement.execute(
                    "INSERT INTO t VALUES (1, '" + ROW + "', REPEAT('" + LARGE + "', 2000))");
            try {
                statement.execute("INSERT INTO t VALUES (1, '" + ERROR + "', NULL)");
            } catch (SQLException expected) {
                System.err.println(expected.getMessage());
            }
            statement.execute("CHECKPOINT SYNC");
            try (ResultSet rows = statement.executeQuery(SORT)) {
                rows.next();
                hold(rows.getString(1));
            }
        }
    }

    private static String hold(String row) {
        System.out.println("ready");
        System.out.flush();
        try {
            System.in.read();
        } catch (java.io.IOException ended) {
            throw new java.io.UncheckedIOException(ended);
        }
        return row;
    }
}
