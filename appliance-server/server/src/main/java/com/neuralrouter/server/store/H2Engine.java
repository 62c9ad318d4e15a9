package com.neuralrouter.server.store;

import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import javax.sql.DataSource;

/** H2 on one file, in this process and for it alone. */
final class H2Engine implements StoreEngine {
    private static final String NAME = "site";

    /**
     * WRITE_DELAY: a commit is handed to the operating system at once. DB_CLOSE_*: only {@link
     * Database} decides when it closes. TRACE_*: H2's trace file would hold SQL with its values.
     * LOCK_TIMEOUT: milliseconds that a change waits for the one before it.
     */
    private static final String SETTINGS =
            ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE"
                    + ";TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0;LOCK_TIMEOUT=10000";

    private final Path folder;

    private H2Engine(Path folder) {
        this.folder = folder;
    }

    static H2Engine on(H2File location) {
        Path folder = location.folder();
        if (folder.toString().contains(";")) {
            throw new StoreUnusable(
                    "The folder "
                            + folder
                            + " has a ';' in its path, which the database takes for the beginning"
                            + " of a setting; choose another folder.");
        }
        return new H2Engine(folder);
    }

    private Path file() {
        return folder.resolve(NAME + ".mv.db");
    }

    @Override
    public OpenStore create() {
        if (Files.exists(file())) {
            throw new StoreUnusable("There is a store in " + folder + " already.");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new StoreUnusable(
                    "The folder "
                            + folder
                            + " can't be made: "
                            + failure.getClass().getSimpleName()
                            + ".");
        }
        return new Open(connect(source("")));
    }

    @Override
    public OpenStore open() {
        if (!Files.isRegularFile(file())) {
            throw new StoreUnusable(
                    "There is no store in "
                            + folder
                            + "; make a site with 'neural-router init', or name the right folder.");
        }
        Connection first = connect(source());
        try {
            if (StoreTables.in(first, "PUBLIC") == StoreTables.FOREIGN) {
                throw new StoreUnusable(foreign());
            }
            return new Open(first);
        } catch (SQLException failure) {
            shutDown(first);
            throw new StoreUnusable(sentence(failure.getErrorCode()));
        } catch (StoreUnusable refused) {
            shutDown(first);
            throw refused;
        }
    }

    @Override
    public DataSource source() {
        return source(";IFEXISTS=TRUE");
    }

    private DataSource source(String more) {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + folder.resolve(NAME) + SETTINGS + more);
        source.setUser("neural_router");
        source.setPassword("");
        return source;
    }

    private Connection connect(DataSource source) {
        try {
            return source.getConnection();
        } catch (SQLException failure) {
            throw new StoreUnusable(sentence(failure.getErrorCode()));
        }
    }

    private String sentence(int code) {
        return switch (code) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                    "The store in "
                            + folder
                            + " is in use by another process; is the appliance running already?";
            case ErrorCode.WRONG_USER_OR_PASSWORD -> foreign();
            case ErrorCode.FILE_VERSION_ERROR_1, ErrorCode.FILE_CORRUPTED_1 ->
                    "The file "
                            + file()
                            + " is not a store of this appliance, or is damaged (database code "
                            + code
                            + ").";
            default ->
                    "The store in "
                            + folder
                            + " can't be opened (database code "
                            + code
                            + "); check that the folder may be read and written and that the disk"
                            + " is not full.";
        };
    }

    /** No statement of H2 ends before its time. */
    @Override
    public DataSource patientSource() {
        return source();
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of("bytes", "VARBINARY(100000)");
    }

    @Override
    public String place() {
        return folder.toString();
    }

    private String foreign() {
        return "The file " + file() + " is a database of something else; name the site's folder.";
    }

    /** Never COMPACT or DEFRAG: they rewrite the file, and have lost data in several releases. */
    private static void shutDown(Connection first) {
        try (first;
                Statement statement = first.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException _) {
            // H2 answers 90121 "database is closed" to what follows SHUTDOWN. Had SHUTDOWN itself
            // failed, every acknowledged change would still be on the disk, and the next open would
            // recover from there.
        }
    }

    /** Open: H2 has locked the file, so nobody else can have got in between. */
    private record Open(Connection first) implements OpenStore {
        /**
         * Not REPEATABLE_READ: at that level H2 fixes the state of a table when a statement first
         * names it, so that two tables may be of two moments. At SERIALIZABLE it fixes all at once.
         */
        @Override
        public TransactionIsolationLevel oneState() {
            return TransactionIsolationLevel.SERIALIZABLE;
        }

        @Override
        public void admitRead(Handle handle) {}

        @Override
        public void admitWrite(Handle handle) {}

        /**
         * H2's commit leaves it to the operating system when it reaches the disk; {@code CHECKPOINT
         * SYNC} forces it. Locks are free once the commit is through, so the next transaction runs
         * while this one waits for the disk.
         */
        @Override
        public void commitDurably(Handle handle) {
            handle.commit();
            handle.execute("CHECKPOINT SYNC");
        }

        /** Nothing to do: the folder goes, and the file with it. */
        @Override
        public void takeBack() {}

        @Override
        public void close() {
            shutDown(first);
        }
    }
}
