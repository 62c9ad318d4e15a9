package com.neuralrouter.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What a PostgreSQL server must be like, and who may use its database: each refusal. */
@Tag("postgresql")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresTest {
    private Path folder;
    private TestPostgres server;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        server = TestPostgres.start(folder, Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void makesAStoreOnceAndOpensItAgain() {
        Postgres location = fresh("once");
        Database.create(location).close();

        assertThatThrownBy(() -> Database.create(location))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("There is a store in database once on 127.0.0.1");
        Database.open(location).close();
    }

    @Test
    void takesBackAStoreThatIsNotToBe() {
        Postgres location = fresh("taken_back");
        try (Database database = Database.create(location)) {
            database.takeBack();
        }

        Database.create(location).close();
    }

    @Test
    void saysThatThereIsNoStore() {
        Postgres location = fresh("hollow");

        assertRefused(location, "There is no store in database hollow", "neural-router init");
    }

    @Test
    void refusesTheTablesOfSomethingElse() {
        Postgres location = fresh("foreign_tables");
        server.sql("foreign_tables", "CREATE TABLE invoice (id INTEGER)");

        assertRefused(location, "holds tables of something else");
        assertThatThrownBy(() -> Database.create(location))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("holds tables of something else");
    }

    @Test
    void refusesTheSchemaOfANewerVersion() {
        Postgres location = fresh("newer");
        Database.create(location).close();
        server.sql(
                "newer",
                """
                INSERT INTO flyway_schema_history (installed_rank, version, description, type,
                    script, checksum, installed_by, execution_time, success)
                VALUES (900, '900', 'later', 'SQL', 'V900__later.sql', 1, 'x', 1, TRUE)
                """);

        assertRefused(location, "newer version", "schema 900");
    }

    @Test
    void saysThatTheServerHasNoSuchDatabase() {
        assertRefused(server.location("nowhere"), "the server has no such database");
    }

    @Test
    void saysThatNobodyAnswers() {
        var closed =
                new Postgres(
                        new PostgresAddress(TestPostgres.ROLE, "127.0.0.1", 1, "nowhere"),
                        new Postgres.NoPassword(),
                        new Postgres.ThisMachine(),
                        VolumeEncryption.LUKS2_AES_256_XTS);

        assertRefused(closed, "no server answers there");
    }

    @Test
    void refusesASecondProcess() {
        Postgres location = fresh("held");
        try (Database database = Database.create(location)) {
            assertRefused(location, "in use by another process");

            assertThat(write(database)).isEqualTo(1);
        }
        Database.open(location).close();
    }

    @Test
    void turnsAwayTheFirstProcessOnceASecondHasTakenTheStore() {
        Postgres location = fresh("taken");
        try (Database first = Database.create(location)) {
            try (Database second = server.takeOver("taken")) {
                await(() -> !first.held());
                assertThatThrownBy(() -> write(first)).isInstanceOf(StoreFailure.class);
                assertThatThrownBy(() -> first.read(tx -> 1))
                        .isInstanceOfSatisfying(
                                StoreFailure.class,
                                failure -> assertThat(failure.sqlState()).isEqualTo("55006"));
                assertThat(write(second)).isEqualTo(1);
            }
            assertThatThrownBy(() -> write(first))
                    .as("what the second changed is not in what the first has published")
                    .isInstanceOf(StoreFailure.class);
        }
        Database.open(location).close();
    }

    @Test
    void goesOnWhenItsLockWasLostAndNobodyTookTheStore() {
        Postgres location = fresh("regained");
        try (Database database = Database.create(location)) {
            server.loseTheLock("regained");

            assertThat(write(database)).isEqualTo(1);
            assertThat(database.held()).isTrue();
            assertRefused(location, "in use by another process");
        }
    }

    /** Without a write that would find out. */
    @Test
    void takesItsLostLockAgainByItself() {
        Postgres location = fresh("watched");
        try (Database database = Database.create(location)) {
            server.loseTheLock("watched");

            server.awaitLock("watched");

            await(database::held);
            assertRefused(location, "in use by another process");
        }
        Database.open(location).close();
    }

    @Test
    void refusesAServerThatDoesNotSurviveAPowerCutFromThatMomentOn() {
        Postgres location = fresh("volatile");
        try (Database database = Database.create(location)) {
            server.set("full_page_writes", "off");
            try {
                assertThatThrownBy(() -> write(database))
                        .as("the setting changed while the appliance ran")
                        .isInstanceOfSatisfying(
                                StoreFailure.class,
                                failure -> assertThat(failure.sqlState()).isEqualTo("55000"));
            } finally {
                server.set("full_page_writes", "on");
            }
            assertThat(write(database)).isEqualTo(1);
        }
        server.set("full_page_writes", "off");
        try {
            assertRefused(location, "full_page_writes=off");
        } finally {
            server.set("full_page_writes", "on");
        }
    }

    @Test
    void refusesAServerThatLosesWhatItAcknowledges() throws IOException {
        Path other = Files.createDirectory(folder.resolve("fsync-off"));
        try (var hasty = TestPostgres.start(other, Map.of("fsync", "off"))) {
            hasty.database("hasty", "");

            assertRefused(hasty.location("hasty"), "fsync=off");
        }
    }

    @Test
    void commitsSynchronouslyAndWaitsForNobodyWhateverTheRoleIsSetTo() {
        Postgres location = fresh("hasty");
        server.sql(
                "postgres",
                "ALTER ROLE neural_router IN DATABASE hasty SET synchronous_commit = off");
        try (Database database = Database.create(location)) {
            List<String> settings =
                    database.read(tx ->
                            tx.handle()
                                    .createQuery(
                                            """
                                            SELECT setting FROM pg_settings WHERE name IN
                                                ('lock_timeout', 'statement_timeout',
                                                'synchronous_commit')
                                            ORDER BY name
                                            """)
                                    .mapTo(String.class)
                                    .list());

            assertThat(settings).containsExactly("10000", "30000", "on");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ENCODING 'SQL_ASCII',ENCODING 'UTF8'",
        "LOCALE_PROVIDER icu ICU_LOCALE 'en',LOCALE 'C'"
    })
    void refusesADatabaseOfAnotherEncodingOrOrder(String made, String advice) {
        String name = "other_" + made.hashCode() % 1000;
        server.database("\"" + name + "\"", "TEMPLATE template0 " + made);

        assertRefused(server.location(name), advice);
    }

    @Test
    void refusesAPasswordFileThatEverybodyMayRead() throws IOException {
        Postgres location = fresh("open_file");
        Path password = Files.writeString(folder.resolve("open"), TestPostgres.PASSWORD);
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));

        assertRefused(with(location, password), "everybody may read its password file");
        assertRefused(with(location, folder.resolve("absent")), "can't be read");
    }

    @Test
    void namesTheFileAndNeverThePassword() throws IOException {
        Path password = Files.writeString(folder.resolve("wrong"), "planted-wrong-password");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> Database.open(with(fresh("closed"), password)))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("refuses the role neural_router")
                .hasMessageContaining(password.toString())
                .hasMessageNotContaining("planted-wrong-password")
                .hasNoCause();
    }

    @Test
    void carriesNoValueOfARowInItsFailure() {
        try (Database database = Database.create(fresh("silent"))) {
            assertThatThrownBy(() ->
                            database.write(tx ->
                                    tx.handle()
                                            .execute(
                                                    "INSERT INTO workspace (name) VALUES (?)",
                                                    "planted-secret".repeat(20))))
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            failure -> {
                                assertThat(failure).hasNoCause();
                                assertThat(failure.toString()).doesNotContain("planted-secret");
                                assertThat(failure.getStackTrace())
                                        .anyMatch(frame -> frame.getClassName().contains("jdbi"));
                            });
        }
    }

    @Test
    void knowsADuplicateAndABrokenReference() {
        try (Database database = Database.create(fresh("constrained"))) {
            var workspace = new UUID(1, 1);
            addUse(database, workspace);

            assertThatThrownBy(() -> addUse(database, workspace))
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            failure -> assertThat(failure.duplicate()).isTrue());
            assertThatThrownBy(() ->
                            database.write(tx ->
                                    tx.handle()
                                            .execute(
                                                    """
                                                    INSERT INTO route_workspace
                                                        (route_id, workspace_id)
                                                    VALUES (?, ?)
                                                    """,
                                                    workspace,
                                                    workspace)))
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            failure -> assertThat(failure.foreignKeyViolated()).isTrue());
        }
    }

    private static void addUse(Database database, UUID key) {
        database.write(tx ->
                tx.handle()
                        .execute(
                                """
                                INSERT INTO api_key_use (api_key_id, last_used_at)
                                VALUES (?, CURRENT_TIMESTAMP)
                                """,
                                key));
    }

    private static int write(Database database) {
        return database.write(
                tx -> tx.handle().execute("UPDATE audit_head SET sequence = 0 WHERE id = 1"));
    }

    private Postgres fresh(String name) {
        server.database(name, "");
        return server.location(name);
    }

    private static Postgres with(Postgres location, Path password) {
        return new Postgres(
                location.address(),
                new Postgres.PasswordFile(password),
                location.trust(),
                location.volume());
    }

    private static void assertRefused(Postgres location, String... words) {
        assertThatThrownBy(() -> Database.open(location))
                .isInstanceOf(StoreUnusable.class)
                .message()
                .contains(words)
                .doesNotContain(TestPostgres.PASSWORD);
    }

    /** As an administrator of the server would, or a firewall: the lock goes with its session. */
    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
