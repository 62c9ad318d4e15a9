package com.neuralrouter.server.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

import java.util.Optional;
import java.util.UUID;

/**
 * The place of a site's store in a PostgreSQL database, held while another store is restored beside
 * it, so that no appliance can use it meanwhile. The two change places in one transaction; the one
 * that was there is kept in a schema of its own. A process that is killed before that leaves the
 * site's store as it was, and what it made beside is taken away by the next one. For one thread.
 */
public final class PostgresPlace implements AutoCloseable {
    private static final String SITE = PostgresSchema.SITE.text();
    private static final String RESTORED = PostgresSchema.RESTORED.text();

    /** A schema that is there from the exchange until the restored site is whole. */
    private static final String MARK = "neural_router_unfinished";

    /** Moves all tables but the holder's mark, with their indexes and sequences. */
    private static final String MOVE =
            """
            DO $$ DECLARE each name; BEGIN
                FOR each IN SELECT tablename FROM pg_tables
                    WHERE schemaname = '%1$s' AND tablename != 'store_holder' LOOP
                    EXECUTE format('ALTER TABLE %1$s.%%I SET SCHEMA %2$s', each);
                END LOOP;
            END $$
            """;

    private static final String TABLES =
            "EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = '%s' AND tablename != 'store_holder')"
                    .formatted(SITE);

    private final Postgres target;
    private final StoreHolder holder;
    private final Jdbi jdbi;

    private PostgresPlace(Postgres target, StoreHolder holder, Jdbi jdbi) {
        this.target = target;
        this.holder = holder;
        this.jdbi = jdbi;
    }

    /**
     * Holds the place. Throws {@link StoreUnusable} when another process uses the store, when the
     * database holds something else, and when the server is not fit.
     */
    public static PostgresPlace hold(Postgres target) {
        var engine = new PostgresEngine(target, PostgresSchema.SITE);
        return new PostgresPlace(target, engine.claimPlace(), Jdbi.create(engine.patientSource()));
    }

    /** Which site's store is there; empty if there is none. Throws {@link StoreFailure}. */
    public Optional<UUID> occupant() {
        return inTransaction(handle ->
                is(handle, "to_regclass('" + SITE + ".site') IS NOT NULL")
                        ? handle.createQuery("SELECT installation FROM " + SITE + ".site")
                                .mapTo(UUID.class)
                                .findOne()
                        : Optional.empty());
    }

    /**
     * Whether a restore had put the store there and was killed before the rest of the site was in
     * place. Throws {@link StoreFailure}.
     */
    public boolean isCutOff() {
        return inTransaction(handle -> is(handle, "to_regnamespace('" + MARK + "') IS NOT NULL"));
    }

    /**
     * Where to restore to, without what an earlier restore left there. Throws {@link StoreUnusable}
     * when the role may make no schema.
     */
    public StoreLocation makeRoom() {
        try {
            jdbi.useTransaction(handle -> {
                handle.execute("DROP SCHEMA IF EXISTS " + RESTORED + " CASCADE");
                handle.execute("CREATE SCHEMA " + RESTORED);
            });
        } catch (JdbiException failure) {
            throw new PostgresSentences(target).noRoom(StoreFailure.of(failure));
        }
        return new PostgresBeside(target);
    }

    /**
     * Puts the restored store into the place, and what was there aside. Throws {@link
     * StoreFailure}; if the connection broke during the commit, it may have been done.
     *
     * @param aside the schema that is made for what was there, in small letters
     */
    public void exchange(String aside) {
        inTransaction(handle -> {
            holder.admitWrite(handle);
            if (is(handle, TABLES)) {
                handle.execute("CREATE SCHEMA " + aside);
                handle.execute(MOVE.formatted(SITE, aside));
            }
            handle.execute(MOVE.formatted(RESTORED, SITE));
            handle.execute("CREATE SCHEMA IF NOT EXISTS " + MARK);
            return true;
        });
    }

    /** Tells that the rest of the site is in place too. Throws {@link StoreFailure}. */
    public void siteIsWhole() {
        inTransaction(handle -> handle.execute("DROP SCHEMA IF EXISTS " + MARK));
    }

    private static boolean is(Handle handle, String condition) {
        return handle.createQuery("SELECT " + condition).mapTo(Boolean.class).one();
    }

    private <T> T inTransaction(HandleCallback<T, RuntimeException> body) {
        try {
            return jdbi.inTransaction(body);
        } catch (JdbiException failure) {
            throw StoreFailure.of(failure);
        }
    }

    /** Takes what is left of the room away and lets the place go. */
    @Override
    public void close() {
        try {
            inTransaction(
                    handle -> handle.execute("DROP SCHEMA IF EXISTS " + RESTORED + " CASCADE"));
        } catch (StoreFailure _) {
            // The next restore takes it away; what became of this one was told by now.
        } finally {
            holder.close();
        }
    }
}
