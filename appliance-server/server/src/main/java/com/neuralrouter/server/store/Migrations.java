package com.neuralrouter.server.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import javax.sql.DataSource;

/**
 * Brings the schema to this version's, forward only: {@code resources/db/migration}, one file for
 * each step, never edited once released.
 */
final class Migrations {
    private static final Map<String, String> TYPES_OF_H2 = Map.of("bytes", "VARBINARY(100000)");

    private final StoreFile file;
    private final DataSource source;

    Migrations(StoreFile file, DataSource source) {
        this.file = file;
        this.source = source;
    }

    void run() {
        try {
            refuseForeignTables();
            Flyway flyway =
                    Flyway.configure()
                            .dataSource(source)
                            .locations("classpath:db/migration")
                            .placeholders(TYPES_OF_H2)
                            .cleanDisabled(true)
                            .load();
            refuseNewerSchema(flyway);
            flyway.migrate();
        } catch (FlywayException failure) {
            throw failed(failure);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /** Tables, but none of a migration: somebody else's database. */
    private void refuseForeignTables() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet tables =
                        statement.executeQuery(
                                """
                                SELECT COUNT(*),
                                       COUNT(CASE WHEN table_name = 'flyway_schema_history' THEN 1 END)
                                FROM information_schema.tables WHERE table_schema = 'PUBLIC'
                                """)) {
            tables.next();
            if (tables.getInt(1) > 0 && tables.getInt(2) == 0) {
                throw new StoreUnusable(file.foreign());
            }
        }
    }

    private void refuseNewerSchema(Flyway flyway) {
        for (MigrationInfo migration : flyway.info().all()) {
            if (migration.getState().isApplied() && !migration.getState().isResolved()) {
                throw new StoreUnusable(
                        "The store in "
                                + file.folder()
                                + " was written by a newer version of the appliance (schema "
                                + migration.getVersion()
                                + "); start that version, or restore a backup made by this one.");
            }
        }
    }

    private StoreUnusable failed(Exception failure) {
        SQLException sql = StoreFailure.sqlException(failure);
        return new StoreUnusable(
                "The schema of the store in "
                        + file.folder()
                        + " can't be brought to this version's (database code "
                        + (sql == null ? "none" : sql.getErrorCode())
                        + ").");
    }
}
