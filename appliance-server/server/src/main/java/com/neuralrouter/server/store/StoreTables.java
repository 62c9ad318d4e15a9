package com.neuralrouter.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whose tables a database holds. */
enum StoreTables {
    /** None at all. */
    NONE,
    /** Those of an appliance: there is a history of migrations. */
    OURS,
    /** Some, but no history. */
    FOREIGN;

    /**
     * Looks.
     *
     * @param names a query for the names of all tables, as the column {@code table_name}
     */
    static StoreTables in(Connection connection, String names) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet tables =
                        statement.executeQuery(
                                """
                                SELECT COUNT(*),
                                       COUNT(CASE WHEN table_name = 'flyway_schema_history'
                                                  THEN 1 END)
                                FROM (%s) AS t WHERE table_name <> 'store_holder'
                                """
                                        .formatted(names))) {
            tables.next();
            if (tables.getInt(2) > 0) {
                return OURS;
            }
            return tables.getInt(1) == 0 ? NONE : FOREIGN;
        }
    }
}
