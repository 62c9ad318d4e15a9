package com.neuralrouter.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The site's database: an H2 file in one folder, used by this process alone. There is one instance
 * for each running appliance, safe for all threads; transactions run on threads of its own (see
 * {@link StoreThreads}).
 *
 * <p>A change is durable when {@link #write} returns: H2's commit leaves it to the operating system
 * when it reaches the disk, so each commit is followed by {@code CHECKPOINT SYNC}, which forces it.
 */
public final class Database implements AutoCloseable {
    /** As many transactions as run at once. */
    private static final int CONNECTIONS = 10;

    private final Connection keptOpen;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final StoreThreads threads = new StoreThreads(CONNECTIONS);
    private final AtomicBoolean closed = new AtomicBoolean();

    private Database(Connection keptOpen, HikariDataSource pool) {
        this.keptOpen = keptOpen;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /**
     * Makes a new, empty store in the folder. Throws {@link StoreUnusable} if there is one already
     * or the folder can't be used.
     */
    public static Database create(Path folder) {
        StoreFile file = StoreFile.in(folder);
        file.refuseExisting();
        return start(file, file.create());
    }

    /**
     * Opens the store in the folder and brings its schema to this version's. Throws {@link
     * StoreUnusable} when there is none, when another process uses it, when it is somebody else's
     * and when a newer version has written it.
     */
    public static Database open(Path folder) {
        StoreFile file = StoreFile.in(folder);
        file.demandExisting();
        return start(file, file.open());
    }

    private static Database start(StoreFile file, JdbcDataSource source) {
        Connection first = file.connect(source);
        try {
            new Migrations(file, source).run();
            var config = new HikariConfig();
            config.setPoolName("store");
            config.setDataSource(source);
            config.setMaximumPoolSize(CONNECTIONS);
            config.setConnectionTimeout(10_000);
            return new Database(first, new HikariDataSource(config));
        } catch (RuntimeException failure) {
            shutDown(first);
            throw failure;
        }
    }

    /**
     * Runs the body on one consistent state of the store. Whatever the body writes is rolled back:
     * reading can't be a way around {@link #write}. Throws {@link StoreFailure}.
     */
    public <T> T read(Function<Tx, T> body) {
        return threads.call(() -> {
            try (Handle handle = jdbi.open()) {
                handle.setTransactionIsolationLevel(TransactionIsolationLevel.REPEATABLE_READ);
                handle.begin();
                try {
                    return body.apply(new Tx(handle));
                } finally {
                    handle.rollback();
                }
            } catch (JdbiException failure) {
                throw StoreFailure.of(failure);
            }
        });
    }

    /**
     * Runs the body in a transaction; when this returns, what it wrote is on the disk. When the
     * body throws, nothing of it is there. Throws {@link StoreFailure}; if its {@link
     * StoreFailure#outcomeUnknown()} says so, the change may be there.
     */
    public <T> T write(Function<Tx, T> body) {
        return threads.call(() -> {
            boolean committing = false;
            try (Handle handle = jdbi.open()) {
                handle.begin();
                T value = bodyOrRollback(handle, body);
                committing = true;
                commitDurably(handle);
                return value;
            } catch (JdbiException failure) {
                throw committing ? StoreFailure.whileCommitting(failure) : StoreFailure.of(failure);
            }
        });
    }

    private static <T> T bodyOrRollback(Handle handle, Function<Tx, T> body) {
        try {
            return body.apply(new Tx(handle));
        } catch (RuntimeException | Error failure) {
            try {
                handle.rollback();
            } catch (JdbiException rollbackFailed) {
                // The connection is closed next, which ends the transaction too.
                failure.addSuppressed(StoreFailure.of(rollbackFailed));
            }
            throw failure;
        }
    }

    /**
     * The one place where a change becomes durable. Locks are free once the commit is through, so
     * the next transaction runs while this one waits for the disk.
     */
    private static void commitDurably(Handle handle) {
        handle.commit();
        handle.execute("CHECKPOINT SYNC");
    }

    /** Waits for transactions under way and closes the file in good order. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            threads.close();
            pool.close();
            shutDown(keptOpen);
        }
    }

    /** Never COMPACT or DEFRAG: they rewrite the file, and have lost data in several releases. */
    private static void shutDown(Connection connection) {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException _) {
            // H2 answers 90121 "database is closed" to what follows SHUTDOWN. Had SHUTDOWN itself
            // failed, every acknowledged change would still be on the disk, and the next open would
            // recover from there.
        }
    }
}
