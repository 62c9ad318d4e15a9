package com.neuralrouter.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.file.StandardOpenOption.WRITE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;

/** What opening says, and what a commit promises. */
class DatabaseTest {
    private static final String ADD =
            "INSERT INTO root_key (version, key_check, created_at) VALUES (?, X'00',"
                    + " CURRENT_TIMESTAMP)";

    @TempDir private Path folder;

    @Test
    void keepsWhatWasCommittedAcrossClosingAndOpening() {
        try (Database database = Database.create(new H2File(folder))) {
            add(database, 1);
        }

        try (Database database = Database.open(new H2File(folder))) {
            assertThat(versions(database)).containsExactly(1);
        }
    }

    @Test
    void hasNothingOfATransactionWhoseBodyThrew() {
        try (Database database = Database.create(new H2File(folder))) {
            assertThatThrownBy(() ->
                            database.write(tx -> {
                                tx.handle().execute(ADD, 1);
                                throw new IllegalArgumentException("changed mind");
                            }))
                    .isInstanceOf(IllegalArgumentException.class);

            assertThat(versions(database)).isEmpty();
        }
    }

    @Test
    void rollsBackWhatAReadWrote() {
        try (Database database = Database.create(new H2File(folder))) {
            database.read(tx -> tx.handle().execute(ADD, 1));

            assertThat(versions(database)).isEmpty();
        }
    }

    @Test
    void readsAllTablesAsOfOneMoment() {
        try (Database database = Database.create(new H2File(folder))) {
            long head =
                    database.read(tx -> {
                        // The moment is fixed by reading one table; another one is changed now.
                        tx.handle().select("SELECT version FROM root_key").mapTo(Long.class).list();
                        Thread other =
                                Thread.ofPlatform()
                                        .start(() ->
                                                database.write(change ->
                                                        change.handle()
                                                                .execute(
                                                                        "UPDATE audit_head SET"
                                                                            + " sequence = 7")));
                        joined(other);
                        return tx.handle()
                                .select("SELECT sequence FROM audit_head")
                                .mapTo(Long.class)
                                .one();
                    });

            assertThat(head).isZero();
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void carriesNoValueOfARowInItsFailure() {
        try (Database database = Database.create(new H2File(folder))) {
            assertThatThrownBy(() ->
                            database.write(tx ->
                                    tx.handle()
                                            .execute(
                                                    "INSERT INTO root_key (version)"
                                                            + " VALUES ('planted-secret')")))
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            failure -> {
                                assertThat(failure.outcomeUnknown()).isFalse();
                                assertThat(failure.getCause()).isNull();
                                assertThat(failure.toString()).doesNotContain("planted-secret");
                            });
        }
    }

    @Test
    void outlivesTheInterruptOfAThreadThatWaitsForIt() {
        try (Database database = Database.create(new H2File(folder))) {
            Thread.currentThread().interrupt();
            add(database, 1);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(versions(database)).containsExactly(1);
        }
    }

    @Test
    void refusesATransactionInsideAnother() {
        try (Database database = Database.create(new H2File(folder))) {
            assertThatThrownBy(() -> database.write(_ -> versions(database)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("inside another");
        }
    }

    @Test
    void refusesToMakeAStoreWhereThereIsOne() {
        try (Database _ = Database.create(new H2File(folder))) {
            assertThatThrownBy(() -> Database.create(new H2File(folder)))
                    .isInstanceOf(StoreUnusable.class)
                    .hasMessageContaining("already");
        }
    }

    @Test
    void saysThatAnotherProcessUsesTheStore() throws Exception {
        Database.create(new H2File(folder)).close();
        try (FileChannel file = FileChannel.open(folder.resolve("site.mv.db"), WRITE);
                FileLock _ = file.lock()) {
            assertThatThrownBy(() -> Database.open(new H2File(folder)))
                    .isInstanceOf(StoreUnusable.class)
                    .hasMessageContaining("in use by another process");
        }
    }

    @Test
    void saysThatThereIsNoStore() {
        assertThatThrownBy(() -> Database.open(new H2File(folder)))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("no store in " + folder)
                .hasMessageContaining("neural-router init");
    }

    @Test
    void refusesTheDatabaseOfSomethingElse() throws Exception {
        try (Connection connection = plain();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE invoice (id INTEGER)");
        }

        assertThatThrownBy(() -> Database.open(new H2File(folder)))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("something else");
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        Files.writeString(folder.resolve("site.mv.db"), "not a database".repeat(1000));

        assertThatThrownBy(() -> Database.open(new H2File(folder)))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("not a store of this appliance, or is damaged");
    }

    @Test
    void refusesTheSchemaOfANewerVersion() throws Exception {
        Database.create(new H2File(folder)).close();
        try (Connection connection = plain();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    INSERT INTO "flyway_schema_history" ("installed_rank", "version", "description",
                        "type", "script", "checksum", "installed_by", "execution_time", "success")
                    VALUES (900, '900', 'later', 'SQL', 'V900__later.sql', 1, 'x', 1, TRUE)
                    """);
        }

        assertThatThrownBy(() -> Database.open(new H2File(folder)))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("schema 900");
    }

    @Test
    void refusesAFolderThatWouldChangeTheDatabasesSettings() {
        assertThatThrownBy(() -> Database.create(new H2File(folder.resolve("a;CIPHER=XTEA"))))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("';'");
    }

    @Test
    void writesNoTraceFile() throws IOException {
        try (Database database = Database.create(new H2File(folder))) {
            assertThatThrownBy(() -> database.write(tx -> tx.handle().execute("SELEC")))
                    .isInstanceOf(StoreFailure.class);
        }

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("site.mv.db"));
        }
    }

    private Connection plain() throws Exception {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("site"), "neural_router", "");
    }

    private static void add(Database database, int version) {
        database.write(tx -> tx.handle().execute(ADD, version));
    }

    private static List<Integer> versions(Database database) {
        return database.read(tx ->
                tx.handle()
                        .createQuery("SELECT version FROM root_key")
                        .mapTo(Integer.class)
                        .list());
    }
}
