package com.neuralrouter.server.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

import java.sql.SQLException;

import javax.sql.DataSource;

/**
 * Brings the schema to this version's, forward only: {@code resources/db/migration}, one file for
 * each step, never edited once released.
 */
final class Migrations {
    static final int NEWEST = Integer.MAX_VALUE;

    private final StoreEngine engine;
    private final DataSource source;

    Migrations(StoreEngine engine) {
        this.engine = engine;
        this.source = engine.patientSource();
    }

    /** Takes the steps up to that number, it included. */
    void run(int schemaVersion) {
        try {
            Flyway flyway =
                    Flyway.configure()
                            .dataSource(source)
                            .locations("classpath:db/migration")
                            .placeholders(engine.placeholders())
                            .cleanDisabled(true)
                            .target(target(schemaVersion))
                            // A holder's token is there before the first step; foreign tables
                            // were refused when the store was opened.
                            .baselineOnMigrate(true)
                            .baselineVersion("0")
                            .load();
            refuseNewerSchema(flyway);
            flyway.migrate();
        } catch (FlywayException failure) {
            throw failed(failure);
        }
    }

    private static MigrationVersion target(int schemaVersion) {
        return schemaVersion == NEWEST
                ? MigrationVersion.LATEST
                : MigrationVersion.fromVersion("" + schemaVersion);
    }

    private void refuseNewerSchema(Flyway flyway) {
        for (MigrationInfo migration : flyway.info().all()) {
            if (migration.getState().isApplied() && !migration.getState().isResolved()) {
                throw new StoreUnusable(
                        "The store in "
                                + engine.place()
                                + " was written by a newer version of the appliance (schema "
                                + migration.getVersion()
                                + "); start that version, or restore a backup made by this one.");
            }
        }
    }

    private StoreUnusable failed(FlywayException failure) {
        SQLException sql = StoreFailure.sqlException(failure);
        return new StoreUnusable(
                "The schema of the store in "
                        + engine.place()
                        + " can't be brought to this version's (database code "
                        + (sql == null
                                ? "none"
                                : sql.getErrorCode() + ", state " + sql.getSQLState())
                        + ").");
    }
}
