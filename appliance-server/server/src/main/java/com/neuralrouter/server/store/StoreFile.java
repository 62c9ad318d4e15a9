package com.neuralrouter.server.store;

import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The database's file: where it is, by which URL it is opened, and what it means when it can't be.
 *
 * @param folder the store's own folder; nothing else is in it
 */
record StoreFile(Path folder) {
    private static final String NAME = "site";

    /**
     * WRITE_DELAY: a commit is handed to the operating system at once. DB_CLOSE_*: only {@link
     * Database} decides when it closes. TRACE_*: H2's trace file would hold SQL with its values.
     * LOCK_TIMEOUT: milliseconds that a change waits for the one before it.
     */
    private static final String SETTINGS =
            ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE"
                    + ";TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0;LOCK_TIMEOUT=10000";

    static StoreFile in(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (absolute.toString().contains(";")) {
            throw new StoreUnusable(
                    "The folder "
                            + absolute
                            + " has a ';' in its path, which the database takes for the beginning"
                            + " of a setting; choose another folder.");
        }
        return new StoreFile(absolute);
    }

    private Path file() {
        return folder.resolve(NAME + ".mv.db");
    }

    void refuseExisting() {
        if (Files.exists(file())) {
            throw new StoreUnusable("There is a store in " + folder + " already.");
        }
    }

    void demandExisting() {
        if (!Files.isRegularFile(file())) {
            throw new StoreUnusable(
                    "There is no store in "
                            + folder
                            + "; make a site with 'neural-router init', or name the right folder.");
        }
    }

    JdbcDataSource create() {
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
        return source("");
    }

    JdbcDataSource open() {
        return source(";IFEXISTS=TRUE");
    }

    private JdbcDataSource source(String more) {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + folder.resolve(NAME) + SETTINGS + more);
        source.setUser("neural_router");
        source.setPassword("");
        return source;
    }

    Connection connect(JdbcDataSource source) {
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

    String foreign() {
        return "The file " + file() + " is a database of something else; name the site's folder.";
    }
}
