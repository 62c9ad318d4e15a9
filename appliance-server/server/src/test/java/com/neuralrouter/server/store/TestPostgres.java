package com.neuralrouter.server.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A real PostgreSQL server of its own, made of binaries that the build brings, with a role for the
 * appliance that has the rights that docs/how-to/use-postgresql.md gives it.
 */
public final class TestPostgres implements AutoCloseable {
    public static final String ROLE = "neural_router";
    static final String PASSWORD = "a planted password";

    private static final String ADVISORY =
            "locktype = 'advisory' AND database ="
                    + " (SELECT oid FROM pg_database WHERE datname = current_database())";

    private static final String HBA =
            """
            local   all all                        trust
            host    all postgres      127.0.0.1/32 trust
            host    all neural_router 127.0.0.1/32 scram-sha-256
            """;

    private final Path folder;
    private final EmbeddedPostgres server;

    private TestPostgres(Path folder, EmbeddedPostgres server) {
        this.folder = folder;
        this.server = server;
    }

    /** Starts one that keeps what it acknowledges, unless the settings say otherwise. */
    public static TestPostgres start(Path folder, Map<String, String> settings) {
        Map<String, String> all =
                new TreeMap<>(
                        Map.of(
                                "fsync", "on",
                                "synchronous_commit", "on",
                                "max_connections", "200",
                                "shared_buffers", "16MB"));
        all.putAll(settings);
        try {
            var postgres = new TestPostgres(folder, started(folder, all));
            postgres.sql("postgres", "CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + PASSWORD + "'");
            Files.createFile(
                    postgres.passwordFile(),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(postgres.passwordFile(), PASSWORD + "\n");
            return postgres;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static EmbeddedPostgres started(Path folder, Map<String, String> settings)
            throws IOException {
        var builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("cluster"))
                        .setCleanDataDirectory(false)
                        .setLocaleConfig("locale", "C")
                        .setLocaleConfig("encoding", "UTF8")
                        .setDataDirectoryCustomizer(data -> authenticate(data.toPath()));
        settings.forEach(builder::setServerConfig);
        return builder.start();
    }

    private static void authenticate(Path data) {
        try {
            Files.writeString(data.resolve("pg_hba.conf"), HBA);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Makes a database as the how-to does. */
    public void database(String name, String more) {
        sql("postgres", "CREATE DATABASE " + name + " OWNER " + ROLE + " " + more);
    }

    /** As the server's own administrator. */
    public void sql(String database, String sql) {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** Changes a setting of the running server; returns when it holds. */
    void set(String setting, String value) {
        sql("postgres", "ALTER SYSTEM SET " + setting + " = " + value);
        sql("postgres", "SELECT pg_reload_conf()");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!value.equals(one("SELECT current_setting('" + setting + "') FROM pg_sleep(0.1)"))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(setting + " does not become " + value);
            }
        }
    }

    private String one(String sql) {
        return all("postgres", sql).getFirst();
    }

    /** The number that a query finds. */
    public long one(String database, String sql) {
        return Long.parseLong(all(database, sql).getFirst());
    }

    /** The first column of what a query finds. */
    public List<String> all(String database, String sql) {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** Ends the connection by which a process holds the database. */
    void loseTheLock(String database) {
        sql(
                database,
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE "
                        + ADVISORY
                        + " AND granted");
    }

    /** Opens the store beside the process that holds it, which loses its lock to this one. */
    public Database takeOver(String database) {
        var opening = CompletableFuture.supplyAsync(() -> Database.open(location(database)));
        await(database, "EXISTS (SELECT FROM pg_locks WHERE " + ADVISORY + " AND NOT granted)");
        loseTheLock(database);
        return opening.join();
    }

    /** Returns once somebody holds the database. */
    void awaitLock(String database) {
        await(database, "EXISTS (SELECT FROM pg_locks WHERE " + ADVISORY + " AND granted)");
    }

    private void await(String database, String condition) {
        sql(
                database,
                """
                DO $$ BEGIN
                    FOR i IN 1..1000 LOOP
                        EXIT WHEN %s;
                        PERFORM pg_sleep(0.01);
                    END LOOP;
                END $$
                """
                        .formatted(condition));
    }

    public int port() {
        return server.getPort();
    }

    public Path passwordFile() {
        return folder.resolve("password");
    }

    public Postgres location(String database) {
        return new Postgres(
                new PostgresAddress(ROLE, "127.0.0.1", port(), database),
                new Postgres.PasswordFile(passwordFile()),
                new Postgres.ThisMachine(),
                VolumeEncryption.LUKS2_AES_256_XTS);
    }

    /** Ends every process of the server at once, without a checkpoint; PostgreSQL calls it so. */
    public void stopImmediately() throws IOException, InterruptedException {
        long pid =
                Long.parseLong(
                        Files.readAllLines(folder.resolve("cluster/postmaster.pid")).getFirst());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
        postmaster.onExit().join();
    }

    /**
     * On the same port, as an operator would: PostgreSQL keeps in {@code postmaster.opts} how it
     * was started. Root may not run it, hence the user namespace, as in the first start.
     */
    public void startAgain() throws IOException, InterruptedException {
        Path cluster = folder.resolve("cluster");
        String started = Files.readString(cluster.resolve("postmaster.opts"));
        Path programs = Path.of(started.substring(0, started.indexOf(" "))).resolveSibling("");
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(
                List.of(
                        programs.resolve("pg_ctl").toString(),
                        "-D",
                        cluster.toString(),
                        "-w",
                        "-l",
                        folder.resolve("restarted.log").toString(),
                        "restart"));
        int code =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("restart.txt").toFile())
                        .start()
                        .waitFor();
        if (code != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("restart.txt")));
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
