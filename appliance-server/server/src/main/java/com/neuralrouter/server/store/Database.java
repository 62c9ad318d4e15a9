package com.neuralrouter.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The site's database, used by this process alone. There is one instance for each running
 * appliance, safe for all threads; transactions run on threads of its own (see {@link
 * StoreThreads}). Which database keeps it is told by its {@link StoreLocation}.
 *
 * <p>A change is durable when {@link #write} returns.
 */
public final class Database implements AutoCloseable {
    /** As many transactions as run at once. */
    private static final int CONNECTIONS = 10;

    private final OpenStore store;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final StoreThreads threads = new StoreThreads(CONNECTIONS);
    private final AtomicBoolean closed = new AtomicBoolean();

    private Database(OpenStore store, HikariDataSource pool) {
        this.store = store;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /**
     * Makes a new, empty store. Throws {@link StoreUnusable} if there is one already or the place
     * can't be used.
     */
    public static Database create(StoreLocation location) {
        StoreEngine engine = engine(location);
        return start(engine, engine.create(), Migrations.NEWEST);
    }

    /**
     * The same with the schema as an earlier version had it, for rows of that version; opening it
     * again brings it to this version's.
     */
    public static Database create(StoreLocation location, int schemaVersion) {
        StoreEngine engine = engine(location);
        return start(engine, engine.create(), schemaVersion);
    }

    /**
     * Opens a store and brings its schema to this version's. Throws {@link StoreUnusable} when
     * there is none, when another process uses it, when it is somebody else's and when a newer
     * version has written it.
     */
    public static Database open(StoreLocation location) {
        return open(engine(location));
    }

    static Database open(StoreEngine engine) {
        return start(engine, engine.open(), Migrations.NEWEST);
    }

    private static StoreEngine engine(StoreLocation location) {
        return switch (location) {
            case H2File file -> H2Engine.on(file);
            case Postgres postgres -> new PostgresEngine(postgres, PostgresSchema.SITE);
            case PostgresBeside(Postgres target) ->
                    new PostgresEngine(target, PostgresSchema.RESTORED);
        };
    }

    private static Database start(StoreEngine engine, OpenStore store, int schemaVersion) {
        try {
            new Migrations(engine).run(schemaVersion);
            var config = new HikariConfig();
            config.setPoolName("store");
            config.setDataSource(engine.source());
            config.setMaximumPoolSize(CONNECTIONS);
            config.setConnectionTimeout(10_000);
            return new Database(store, new HikariDataSource(config));
        } catch (RuntimeException failure) {
            store.close();
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
                handle.setTransactionIsolationLevel(store.oneState());
                handle.begin();
                try {
                    store.admitRead(handle);
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
        return write(List.of(), body);
    }

    /**
     * The same, while nobody else writes to these tables, on one state of the store: what somebody
     * else commits meanwhile, past this process, is neither seen nor overwritten.
     */
    public <T> T writeAlone(List<String> tables, Function<Tx, T> body) {
        return write(tables, body);
    }

    private <T> T write(List<String> alone, Function<Tx, T> body) {
        return threads.call(() -> {
            boolean committing = false;
            try (Handle handle = jdbi.open()) {
                handle.begin();
                T value = bodyOrRollback(handle, alone, body);
                committing = true;
                store.commitDurably(handle);
                return value;
            } catch (JdbiException failure) {
                throw committing ? StoreFailure.whileCommitting(failure) : StoreFailure.of(failure);
            } finally {
                store.endWrite();
            }
        });
    }

    private <T> T bodyOrRollback(Handle handle, List<String> alone, Function<Tx, T> body) {
        try {
            if (!alone.isEmpty()) {
                store.holdAlone(handle, alone);
            }
            store.admitWrite(handle);
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
     * Whether this process holds the store. If not, another one may have changed it since it was
     * read. Waits for nothing.
     */
    public boolean held() {
        return store.held();
    }

    /**
     * The folder in which a database server keeps the data, if it lets this role know; empty for a
     * store in the site's own folder. Throws {@link StoreFailure}.
     */
    public Optional<Path> serverDataFolder() {
        return read(tx -> store.serverDataFolder(tx.handle()));
    }

    /**
     * Takes a store that {@link #create} made away again, with all that is in it: for a site that
     * could not be made to its end. Throws {@link StoreFailure}.
     */
    public void takeBack() {
        threads.call(() -> {
            store.takeBack();
            return "";
        });
    }

    /** Waits for transactions under way and closes the store in good order. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            threads.close();
            pool.close();
            store.close();
        }
    }
}
