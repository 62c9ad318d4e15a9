package com.neuralrouter.server.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * This process's claim on a PostgreSQL database: one process at a time may use it, because what it
 * publishes to the inference plane must be what is in the store.
 *
 * <p>An advisory lock on a connection of its own keeps a second process from starting. Such a lock
 * is gone with its connection, and nobody is told; therefore the holder also writes a token into
 * the table {@code store_holder}, and every transaction first looks for its own token there, a
 * writing one with a lock on the row. A process that opens the store puts its token in place of the
 * old one, which waits for the writers under way and turns all later ones away. When the connection
 * was lost (the server was restarted), the claim is renewed before the next write, if the token is
 * still there: then nobody has used the store in between, and this process goes on. A {@link
 * StoreWatch} renews it too: until then, what was published may be out of date.
 */
final class StoreHolder implements OpenStore {
    private static final Logger LOG = System.getLogger(StoreHolder.class.getName());

    /** The first of the two numbers of every lock of ours: "NR". */
    private static final String LOCK = "SELECT pg_advisory_lock(20050, %d)";

    /** The catalogue also shows the tables that this role may not touch. */
    private static final String TABLES =
            "SELECT tablename AS table_name FROM pg_tables WHERE schemaname = '%s'";

    private static final int VALID_SECONDS = 5;

    private final Supplier<Connection> connecting;
    private final PostgresSentences sentences;
    private final PostgresSchema schema;
    private final ReentrantLock renewing = new ReentrantLock();

    // Guarded by the lock above.
    private Connection held;
    private boolean lossLogged;
    private boolean closed;

    /** Written once, before anybody else has this object. */
    private UUID token = new UUID(0, 0);

    private final StoreWatch watch;

    private StoreHolder(
            Supplier<Connection> connecting, PostgresSentences sentences, PostgresSchema schema) {
        this.connecting = connecting;
        this.sentences = sentences;
        this.schema = schema;
        this.held = locked();
        this.watch = StoreWatch.start(this::isHeldStill);
    }

    /**
     * Locks the database. Throws {@link StoreUnusable} when the server can't be reached or is not
     * fit, and when another process has locked it.
     *
     * @param connecting makes a connection or throws {@link StoreUnusable}
     */
    static StoreHolder claim(
            Supplier<Connection> connecting, PostgresSentences sentences, PostgresSchema schema) {
        return new StoreHolder(connecting, sentences, schema);
    }

    private Connection locked() {
        Connection connection = connecting.get();
        boolean locked = false;
        try (Statement statement = connection.createStatement()) {
            Optional<String> unfit = PostgresFitness.unfit(connection);
            if (unfit.isPresent()) {
                throw sentences.unfit(unfit.get());
            }
            // A killed process's lock goes as soon as the server has noticed.
            statement.execute("SET lock_timeout = '3s'");
            statement.execute(LOCK.formatted(schema.lock()));
            locked = true;
            return connection;
        } catch (SQLException failure) {
            throw "55P03".equals(failure.getSQLState())
                    ? sentences.inUse()
                    : sentences.unusable(failure);
        } finally {
            if (!locked) {
                end(connection);
            }
        }
    }

    /** Whose tables are there. */
    StoreTables tables() throws SQLException {
        return StoreTables.in(held, TABLES.formatted(schema.text()));
    }

    /** Puts this process's token in place of the one before. */
    void mark() throws SQLException {
        try (Statement statement = held.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE IF NOT EXISTS store_holder (
                        id    INTEGER PRIMARY KEY CHECK (id = 1),
                        token UUID NOT NULL
                    )
                    """);
            try (ResultSet row =
                    statement.executeQuery(
                            """
                            INSERT INTO store_holder (id, token) VALUES (1, gen_random_uuid())
                            ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token
                            RETURNING token
                            """)) {
                row.next();
                token = row.getObject(1, UUID.class);
            }
        }
    }

    @Override
    public TransactionIsolationLevel oneState() {
        return TransactionIsolationLevel.REPEATABLE_READ;
    }

    /** PostgreSQL fixes the state with the first query, which taking locks is not. */
    @Override
    public void holdAlone(Handle handle, List<String> tables) {
        handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        handle.execute("LOCK TABLE " + String.join(", ", tables) + " IN EXCLUSIVE MODE");
    }

    @Override
    public void admitRead(Handle handle) {
        boolean ours =
                handle.createQuery("SELECT 1 FROM store_holder WHERE token = ?")
                        .bind(0, token)
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent();
        if (!ours) {
            throw StoreFailure.ofAnotherProcess();
        }
    }

    @Override
    public void admitWrite(Handle handle) {
        renewIfLost();
        Optional<Boolean> durable =
                handle.createQuery(
                                "SELECT "
                                        + PostgresFitness.DURABLE
                                        + " FROM store_holder WHERE token = ? FOR SHARE")
                        .bind(0, token)
                        .mapTo(Boolean.class)
                        .findOne();
        if (durable.isEmpty()) {
            throw StoreFailure.ofAnotherProcess();
        }
        if (!durable.get()) {
            LOG.log(Level.ERROR, "the database server's settings make no commit durable any more");
            throw StoreFailure.notDurable();
        }
    }

    @Override
    public boolean held() {
        return watch.held();
    }

    private boolean isHeldStill() {
        try {
            renewIfLost();
            return true;
        } catch (StoreFailure _) {
            return false; // Logged where it was found.
        }
    }

    private void renewIfLost() {
        renewing.lock();
        try {
            if (closed) {
                throw StoreFailure.notHeld();
            }
            if (held.isValid(VALID_SECONDS)) {
                return;
            }
            watch.lost();
            end(held);
            held = locked();
            if (!isMarked()) {
                end(held);
                logLoss("another process has taken it; restart this one to use it again");
                throw StoreFailure.ofAnotherProcess();
            }
            watch.regained();
            lossLogged = false;
            LOG.log(Level.WARNING, "the connection that holds the store was lost and is renewed");
        } catch (StoreUnusable unusable) {
            logLoss(String.valueOf(unusable.getMessage()));
            throw StoreFailure.notHeld();
        } catch (SQLException failure) {
            throw StoreFailure.of(failure);
        } finally {
            renewing.unlock();
        }
    }

    /** Once, not each second. */
    private void logLoss(String because) {
        if (!lossLogged) {
            lossLogged = true;
            LOG.log(Level.ERROR, "the store was lost, nothing is served because={0}", because);
        }
    }

    private boolean isMarked() throws SQLException {
        try (PreparedStatement query =
                held.prepareStatement("SELECT 1 FROM store_holder WHERE token = ?")) {
            query.setObject(1, token);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** PostgreSQL lets several write at once. */
    @Override
    public void endWrite() {}

    /** PostgreSQL has written and synced its log when it answers to a commit. */
    @Override
    public void commitDurably(Handle handle) {
        handle.commit();
    }

    /** Only superusers and members of pg_read_all_settings see it; for others there is no row. */
    @Override
    public Optional<Path> serverDataFolder(Handle handle) {
        return handle.createQuery("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
                .mapTo(String.class)
                .findOne()
                .map(Path::of);
    }

    /** The database was empty before, so every table in it is of this store. */
    @Override
    public void takeBack() {
        renewing.lock();
        try (Statement statement = held.createStatement()) {
            statement.execute(
                    """
                    DO $$ DECLARE each name; BEGIN
                        FOR each IN SELECT tablename FROM pg_tables
                            WHERE schemaname = current_schema LOOP
                            EXECUTE format('DROP TABLE %I.%I CASCADE', current_schema, each);
                        END LOOP;
                    END $$
                    """);
        } catch (SQLException failure) {
            throw StoreFailure.of(failure);
        } finally {
            renewing.unlock();
        }
    }

    @Override
    public void close() {
        watch.close();
        renewing.lock();
        try {
            closed = true;
            end(held);
        } finally {
            renewing.unlock();
        }
    }

    private static void end(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // It is gone either way, and the lock with it.
        }
    }
}
