package com.neuralrouter.server.store;

import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.MVStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import javax.sql.DataSource;

/**
 * H2 on one encrypted file, in this process and for it alone. Its files are {@code site.mv.db} and
 * that one's journal; H2 makes no other: see {@link #SETTINGS}.
 */
final class H2Engine implements StoreEngine {
    private static final String NAME = "site";

    private static final String TABLES =
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'";

    /**
     * WRITE_DELAY=0: a commit is handed to the file at once, in the thread that commits; with any
     * other value H2 has threads that write later. MAX_MEMORY_ROWS: H2 sorts in memory; above this
     * number it would spill rows into a file in the temporary folder, past our cipher. DB_CLOSE_*:
     * only {@link Database} decides when it closes. TRACE_*: H2's trace file would hold SQL with
     * its values.
     */
    private static final String SETTINGS =
            ";WRITE_DELAY=0;MAX_MEMORY_ROWS=2147483647;DB_CLOSE_DELAY=-1;TRACE_LEVEL_FILE=0"
                    + ";TRACE_LEVEL_SYSTEM_OUT=0";

    /**
     * IFEXISTS: H2 makes no file of its own accord. LOCK_TIMEOUT: milliseconds that a change waits
     * for the one before it.
     */
    private static final String ALWAYS = ";IFEXISTS=TRUE;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";

    private static final String ADMINISTRATOR = "neural_router";

    /**
     * Who transactions are: somebody who may read and write rows. SCRIPT, BACKUP, RUNSCRIPT, CSV
     * and file functions, linked tables, aliases and settings are an administrator's.
     */
    private static final String ORDINARY = "NEURAL_ROUTER_ROWS";

    private final Path folder;
    private final PageCipher cipher;
    private final EncryptedFilePath mounted;
    private final String below;

    /**
     * @param below what H2's name of the file begins with beneath the cipher
     */
    private H2Engine(H2File location, String below) {
        this.folder = location.folder();
        this.cipher = location.cipher();
        this.below = below;
        this.mounted = EncryptedFilePath.mount(cipher);
    }

    static H2Engine on(H2File location) {
        return over("", location);
    }

    static H2Engine over(String below, H2File location) {
        Path folder = location.folder();
        if (folder.toString().contains(";")) {
            throw new StoreUnusable(
                    "The folder "
                            + folder
                            + " has a ';' in its path, which the database takes for the beginning"
                            + " of a setting; choose another folder.");
        }
        return new H2Engine(location, below);
    }

    private Path file() {
        return folder.resolve(NAME + ".mv.db");
    }

    private Path journal() {
        return folder.resolve(NAME + ".mv.db" + EncryptedFilePath.JOURNAL);
    }

    @Override
    public OpenStore create() {
        if (Files.exists(file())) {
            throw new StoreUnusable("There is a store in " + folder + " already.");
        }
        try {
            OwnFiles.folder(folder);
            OwnFiles.write(file(), StoreHeader.bytes(cipher));
            OwnFiles.write(journal(), new byte[0]);
        } catch (IOException failure) {
            throw new StoreUnusable(
                    "The store can't be made in "
                            + folder
                            + ": "
                            + failure.getClass().getSimpleName()
                            + ".");
        }
        return opened(connect());
    }

    @Override
    public OpenStore open() {
        if (!Files.isRegularFile(file())) {
            throw new StoreUnusable(
                    "There is no store in "
                            + folder
                            + "; make a site with 'neural-router init', or name the right folder.");
        }
        try {
            StoreHeader.demand(file(), cipher);
            if (!Files.exists(journal())) {
                OwnFiles.write(journal(), new byte[0]);
            }
        } catch (IOException failure) {
            throw new StoreUnusable(sentence(ErrorCode.IO_EXCEPTION_1));
        }
        Connection first = connect();
        try {
            if (StoreTables.in(first, TABLES) == StoreTables.FOREIGN) {
                throw new StoreUnusable(foreign());
            }
            return opened(first);
        } catch (SQLException failure) {
            shutDown(first);
            throw new StoreUnusable(sentence(failure.getErrorCode()));
        } catch (StoreUnusable refused) {
            shutDown(first);
            throw refused;
        }
    }

    private OpenStore opened(Connection first) {
        try (Statement statement = first.createStatement()) {
            statement.execute("CREATE USER IF NOT EXISTS " + ORDINARY + " PASSWORD ''");
            statement.execute(
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA PUBLIC TO " + ORDINARY);
            return new Open(first, new GroupCommit(force(first)));
        } catch (SQLException failure) {
            shutDown(first);
            throw new StoreUnusable(sentence(failure.getErrorCode()));
        }
    }

    /**
     * What is committed is in the file's memory; to end the batch there, H2 must not be in the
     * middle of one of its own writes, hence under its lock. The disk is waited for outside of it.
     */
    private GroupCommit.Force force(Connection first) throws SQLException {
        var session = (SessionLocal) first.unwrap(JdbcConnection.class).getSession();
        MVStore store = session.getDatabase().getStore().getMvStore();
        JournaledChannel channel = mounted.opened();
        return () -> {
            store.executeFilestoreOperation(channel::seal);
            channel.flush();
        };
    }

    @Override
    public DataSource source() {
        return source(ORDINARY, "");
    }

    /** No statement of H2 ends before its time. */
    @Override
    public DataSource patientSource() {
        return source(ADMINISTRATOR, SETTINGS);
    }

    private DataSource source(String user, String settings) {
        var source = new JdbcDataSource();
        source.setURL(
                "jdbc:h2:"
                        + mounted.getScheme()
                        + ":"
                        + below
                        + folder.resolve(NAME)
                        + settings
                        + ALWAYS);
        source.setUser(user);
        source.setPassword("");
        return source;
    }

    private Connection connect() {
        try {
            return patientSource().getConnection();
        } catch (SQLException failure) {
            mounted.unmount();
            throw refusal(failure);
        }
    }

    private StoreUnusable refusal(SQLException failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof StoreUnusable refused) {
                return refused;
            }
            cause = cause.getCause();
        }
        return new StoreUnusable(sentence(failure.getErrorCode()));
    }

    private String sentence(int code) {
        return switch (code) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                    "The store in "
                            + folder
                            + " is in use by another process; is the appliance running already?";
            case ErrorCode.WRONG_USER_OR_PASSWORD -> foreign();
            case ErrorCode.FILE_VERSION_ERROR_1, ErrorCode.FILE_CORRUPTED_1 ->
                    "The store "
                            + file()
                            + " is damaged (database code "
                            + code
                            + "); check the disk and restore a backup.";
            default ->
                    "The store in "
                            + folder
                            + " can't be opened (database code "
                            + code
                            + "); check that the folder may be read and written and that the disk"
                            + " is not full.";
        };
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
    private void shutDown(Connection first) {
        try (first;
                Statement statement = first.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException _) {
            // H2 answers 90121 "database is closed" to what follows SHUTDOWN. Had SHUTDOWN itself
            // failed, every acknowledged change would still be on the disk, and the next open would
            // recover from there.
        } finally {
            mounted.unmount();
        }
    }

    /** Open: H2 has locked the file, so nobody else can have got in between. */
    private final class Open implements OpenStore {
        private final Connection first;
        private final GroupCommit group;

        /**
         * Held from a writing transaction's begin to its commit. H2 collects its maps for a version
         * one after another while others write: a row of an unfinished change would get into the
         * version without the record that undoes it after a crash, or a change with its end and
         * without some of its rows.
         */
        private final ReentrantLock writing = new ReentrantLock(true);

        Open(Connection first, GroupCommit group) {
            this.first = first;
            this.group = group;
        }

        /**
         * Not REPEATABLE_READ: at that level H2 fixes the state of a table when a statement first
         * names it, so that two tables may be of two moments. At SERIALIZABLE it fixes all at once.
         */
        @Override
        public TransactionIsolationLevel oneState() {
            return TransactionIsolationLevel.SERIALIZABLE;
        }

        /**
         * Nobody but this process can write to the file, and its changes wait for each other at the
         * first row that they lock.
         */
        @Override
        public void holdAlone(Handle handle, List<String> tables) {}

        @Override
        public void admitRead(Handle handle) {}

        @Override
        public void admitWrite(Handle handle) {
            writing.lock();
            group.demandSound();
        }

        /** The next transaction runs while this one waits for the disk. */
        @Override
        public void commitDurably(Handle handle) {
            handle.commit();
            endWrite();
            group.awaitDurable();
        }

        @Override
        public void endWrite() {
            if (writing.isHeldByCurrentThread()) {
                writing.unlock();
            }
        }

        /** H2's lock on the file is the kernel's: it lasts as long as this process. */
        @Override
        public boolean held() {
            return true;
        }

        @Override
        public Optional<Path> serverDataFolder(Handle handle) {
            return Optional.empty();
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
