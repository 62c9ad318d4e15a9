package com.neuralrouter.server.store;

import com.zaxxer.hikari.util.DriverDataSource;

import org.postgresql.Driver;
import org.postgresql.PGProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

import javax.sql.DataSource;

/** A database of a PostgreSQL server. */
final class PostgresEngine implements StoreEngine {
    /**
     * For every session, above what the role or the database is set to. The schema is fixed so that
     * nobody can put tables of theirs before ours; waiting ends before the callers' patience.
     */
    private static final String SETTINGS =
            "-c synchronous_commit=on -c search_path=%s -c lock_timeout=10s"
                    + " -c idle_in_transaction_session_timeout=5min";

    private static final int CONNECT_SECONDS = 10;

    /** Above every statement's own timeout: for a network that swallows what it is given. */
    private static final int SOCKET_SECONDS = 45;

    private final Postgres location;
    private final PostgresSchema schema;
    private final PostgresSentences sentences;

    PostgresEngine(Postgres location, PostgresSchema schema) {
        this.location = location;
        this.schema = schema;
        this.sentences = new PostgresSentences(location);
    }

    @Override
    public OpenStore create() {
        return claim(StoreTables.NONE);
    }

    @Override
    public OpenStore open() {
        return claim(StoreTables.OURS);
    }

    private OpenStore claim(StoreTables wanted) {
        return claim(tables -> {
            if (tables != wanted) {
                throw switch (tables) {
                    case NONE -> sentences.absent();
                    case OURS -> sentences.alreadyThere();
                    case FOREIGN -> sentences.foreign();
                };
            }
        });
    }

    /** Claims the place whether a store is in it or none; what is in it stays. */
    StoreHolder claimPlace() {
        return claim(tables -> {
            if (tables == StoreTables.FOREIGN) {
                throw sentences.foreign();
            }
        });
    }

    private StoreHolder claim(Consumer<StoreTables> demand) {
        StoreHolder holder = StoreHolder.claim(this::connect, sentences, schema);
        try {
            demand.accept(holder.tables());
            holder.mark();
            return holder;
        } catch (SQLException failure) {
            holder.close();
            throw sentences.unusable(failure);
        } catch (StoreUnusable refused) {
            holder.close();
            throw refused;
        }
    }

    private Connection connect() {
        refuseOpenPasswordFile();
        try {
            return source().getConnection();
        } catch (SQLException failure) {
            throw sentences.unusable(failure);
        }
    }

    private void refuseOpenPasswordFile() {
        if (!(location.password() instanceof Postgres.PasswordFile(Path file))) {
            return;
        }
        try {
            if (!Files.isReadable(file)) {
                throw sentences.unfit("its password file " + file + " can't be read");
            }
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && Files.getPosixFilePermissions(file)
                            .contains(PosixFilePermission.OTHERS_READ)) {
                throw sentences.unfit(
                        "everybody may read its password file "
                                + file
                                + "; run 'chmod 600' on it, and change the password");
            }
        } catch (IOException _) {
            throw sentences.unfit("its password file " + file + " can't be read");
        }
    }

    @Override
    public DataSource source() {
        return source(settings() + " -c statement_timeout=30s", SOCKET_SECONDS);
    }

    /** A new column on a long table takes longer than any change of the site. */
    @Override
    public DataSource patientSource() {
        return source(settings(), 0);
    }

    private String settings() {
        return SETTINGS.formatted(schema.text());
    }

    private DataSource source(String settings, int socketSeconds) {
        var properties = new Properties();
        PGProperty.USER.set(properties, location.address().user());
        PGProperty.APPLICATION_NAME.set(properties, "neural-router");
        PGProperty.OPTIONS.set(properties, settings);
        PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.LOGIN_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.SOCKET_TIMEOUT.set(properties, socketSeconds);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.REWRITE_BATCHED_INSERTS.set(properties, true);
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        switch (location.trust()) {
            case Postgres.Authority authority -> {
                PGProperty.SSL_MODE.set(properties, "verify-full");
                PGProperty.SSL_ROOT_CERT.set(properties, authority.file().toString());
            }
            case Postgres.ThisMachine _ -> PGProperty.SSL_MODE.set(properties, "disable");
        }
        switch (location.password()) {
            case Postgres.PasswordFile password -> {
                PGProperty.AUTHENTICATION_PLUGIN_CLASS_NAME.set(
                        properties, PasswordFromFile.class.getName());
                properties.setProperty(PasswordFromFile.FILE, password.file().toString());
            }
            case Postgres.NoPassword _ -> {}
        }
        return new DriverDataSource(
                "jdbc:postgresql://"
                        + location.address().server()
                        + "/"
                        + location.address().database(),
                Driver.class.getName(),
                properties,
                null,
                null);
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of("bytes", "BYTEA");
    }

    @Override
    public String place() {
        return sentences.place();
    }
}
