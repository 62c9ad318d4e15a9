package com.neuralrouter.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

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
     * @param schema as {@code information_schema} writes it
     */
    static StoreTables in(Connection connection, String schema) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        """
                        SELECT COUNT(*),
                               COUNT(CASE WHEN table_name = 'flyway_schema_history' THEN 1 END)
                        FROM information_schema.tables
                        WHERE table_schema = ? AND table_name <> 'store_holder'
                        """)) {
            query.setString(1, schema);
            try (ResultSet tables = query.executeQuery()) {
                tables.next();
                if (tables.getInt(2) > 0) {
                    return OURS;
                }
                return tables.getInt(1) == 0 ? NONE : FOREIGN;
            }
        }
    }
}
