package com.neuralrouter.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * What a PostgreSQL server must be like for a commit to mean what the appliance promises. The
 * settings' meaning: <a href="https://www.postgresql.org/docs/18/runtime-config-wal.html">section
 * 19.5</a> of its manual.
 */
final class PostgresFitness {
    /** What may change while the server runs, so each write asks for it. */
    static final String DURABLE =
            """
            current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'
            AND current_setting('synchronous_commit') = 'on'
            """;

    /** A condition that must hold, and what it means that it doesn't. */
    private record Demand(String condition, String otherwise) {}

    private static final List<Demand> DEMANDS =
            List.of(
                    new Demand(
                            "current_setting('server_version_num')::integer >= 140000",
                            "the server is older than PostgreSQL 14"),
                    new Demand("NOT pg_is_in_recovery()", "the server is a standby"),
                    new Demand(
                            "current_setting('server_encoding') = 'UTF8'",
                            "its encoding can't hold every name; make the database with ENCODING"
                                    + " 'UTF8'"),
                    new Demand(
                            "'B' < 'a'",
                            "it sorts by the rules of a language, and its indexes break when those"
                                    + " change with the operating system; make the database with"
                                    + " LOCALE 'C'"),
                    new Demand(
                            "current_setting('fsync') = 'on'",
                            "the server runs with fsync=off, so what it acknowledges may be lost"),
                    new Demand(
                            "current_setting('full_page_writes') = 'on'",
                            "the server runs with full_page_writes=off, so it may not survive a"
                                    + " power cut"),
                    new Demand(
                            "current_setting('synchronous_commit') = 'on'",
                            "the server does not let this role commit with synchronous_commit=on,"
                                    + " so what it acknowledges may be lost"));

    private PostgresFitness() {}

    /** Why it is not fit; empty if it is. */
    static Optional<String> unfit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Demand demand : DEMANDS) {
                try (ResultSet answer = statement.executeQuery("SELECT " + demand.condition())) {
                    answer.next();
                    if (!answer.getBoolean(1)) {
                        return Optional.of(demand.otherwise());
                    }
                }
            }
        }
        return Optional.empty();
    }
}
