package com.neuralrouter.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.file.StandardOpenOption.WRITE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        try (Database database = Database.create(EncryptedStores.in(folder))) {
            add(database, 1);
        }

        try (Database database = Database.open(EncryptedStores.in(folder))) {
            assertThat(versions(database)).containsExactly(1);
        }
    }

    @Test
    void hasNothingOfATransactionWhoseBodyThrew() {
        try (Database database = Database.create(EncryptedStores.in(folder))) {
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
        try (Database database = Database.create(EncryptedStores.in(folder))) {
            database.read(tx -> tx.handle().execute(ADD, 1));

            assertThat(versions(database)).isEmpty();
        }
    }

    @Test
    void readsAllTablesAsOfOneMoment() {
        try (Database database = Database.create(EncryptedStores.in(folder))) {
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
        try (Database database = Database.create(EncryptedStores.in(folder))) {
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
        try (Database database = Database.create(EncryptedStores.in(folder))) {
            Thread.currentThread().interrupt();
            add(database, 1);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(versions(database)).containsExactly(1);
        }
    }

    @Test
    void refusesATransactionInsideAnother() {
        try (Database database = Database.create(EncryptedStores.in(folder))) {
            assertThatThrownBy(() -> database.write(_ -> versions(database)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("inside another");
        }
    }

    @Test
    void refusesToMakeAStoreWhereThereIsOne() {
        try (Database _ = Database.create(EncryptedStores.in(folder))) {
            assertThatThrownBy(() -> Database.create(EncryptedStores.in(folder)))
                    .isInstanceOf(StoreUnusable.class)
                    .hasMessageContaining("already");
        }
    }

    @Test
    void saysThatAnotherProcessUsesTheStore() throws Exception {
        Database.create(EncryptedStores.in(folder)).close();
        try (FileChannel file = FileChannel.open(folder.resolve("site.mv.db"), WRITE);
                FileLock _ = file.lock()) {
            assertThatThrownBy(() -> Database.open(EncryptedStores.in(folder)))
                    .isInstanceOf(StoreUnusable.class)
                    .hasMessageContaining("in use by another process");
        }
    }

    @Test
    void saysThatThereIsNoStore() {
        assertThatThrownBy(() -> Database.open(EncryptedStores.in(folder)))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("no store in " + folder)
                .hasMessageContaining("neural-router init");
    }

    @Test
    void refusesTheDatabaseOfSomethingElse() throws Exception {
        EncryptedStores.execute(folder, "CREATE TABLE invoice (id INTEGER)");

        assertThatThrownBy(() -> Database.open(EncryptedStores.in(folder)))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("something else");
    }

    @Test
    void refusesAFileThatIsNoStore() throws IOException {
        Files.writeString(folder.resolve("site.mv.db"), "not a database".repeat(1000));

        assertThatThrownBy(() -> Database.open(EncryptedStores.in(folder)))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("not a store of this appliance");
    }

    @Test
    void tellsAStoreFromBeforeEncryptionWhatToDo() throws Exception {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("site"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE site (id INTEGER)");
        }

        assertThatThrownBy(() -> Database.open(EncryptedStores.in(folder)))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("is not encrypted")
                .hasMessageContaining("export the site with that version");
    }

    @Test
    void tellsAnotherSitesKeyFromDamage() throws IOException {
        Database.create(EncryptedStores.in(folder)).close();
        byte[] whole = Files.readAllBytes(folder.resolve("site.mv.db"));

        try (PageCipher other = EncryptedStores.cipher(2)) {
            assertThatThrownBy(() -> Database.open(new H2File(folder, other)))
                    .isInstanceOf(StoreUnusable.class)
                    .hasMessageContaining("belongs to another site");
        }
        for (int at : List.of(17, 30, 45, 60, 2_000, 4_095)) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(folder.resolve("site.mv.db"), damaged);
            assertThatThrownBy(() -> Database.open(EncryptedStores.in(folder)))
                    .as("byte %d", at)
                    .isInstanceOf(StoreUnusable.class)
                    .hasMessageContaining("damaged");
        }
        Files.write(folder.resolve("site.mv.db"), whole);
        Database.open(EncryptedStores.in(folder)).close();
    }

    @Test
    void makesFilesThatOnlyTheirOwnerMayTouchAndNoOthers() throws IOException {
        Path data = folder.resolve("data");
        try (Database database = Database.create(EncryptedStores.in(data))) {
            add(database, 1);
            assertThatThrownBy(() -> database.write(tx -> tx.handle().execute("SELEC")))
                    .isInstanceOf(StoreFailure.class);
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        try (var files = Files.list(data)) {
            assertThat(files.toList())
                    .containsExactlyInAnyOrder(
                            data.resolve("site.mv.db"), data.resolve("site.mv.db.journal"))
                    .allMatch(file -> permissions(file).equals("rw-------"));
        }
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Each of these reads or writes files past the cipher, or runs code. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SCRIPT",
                "SCRIPT TO '/tmp/xts-canary.sql'",
                "BACKUP TO '/tmp/xts-canary.zip'",
                "RUNSCRIPT FROM '/tmp/xts-canary.sql'",
                "CALL CSVWRITE('/tmp/xts-canary.csv', 'SELECT 1')",
                "SELECT * FROM CSVREAD('/etc/passwd')",
                "SELECT FILE_READ('/etc/passwd', 'UTF-8')",
                "CALL FILE_WRITE('x', '/tmp/xts-canary')",
                "CREATE LINKED TABLE l ('', 'jdbc:h2:mem:x', '', '', 'T')",
                "CREATE ALIAS f FOR 'java.lang.System.exit'",
                "CREATE TABLE other (id INTEGER)",
                "SET MAX_MEMORY_ROWS 10",
                "SET TRACE_LEVEL_FILE 3",
                "CREATE USER other PASSWORD '' ADMIN",
                "DROP TABLE audit_entry"
            })
    void refusesTransactionsWhatAnAdministratorOfTheDatabaseMay(String sql) {
        try (Database database = Database.create(EncryptedStores.in(folder))) {
            assertThatThrownBy(() -> database.write(tx -> tx.handle().execute(sql)))
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            failure -> assertThat(failure.vendorCode()).isIn(90040, 90096));
        }
    }

    /** H2 keeps large objects outside of their rows, in files of its own at times. */
    @Test
    void hasNoLargeObjects() {
        try (Database database = Database.create(EncryptedStores.in(folder))) {
            List<String> columns =
                    database.read(tx ->
                            tx.handle()
                                    .createQuery(
                                            """
                                            SELECT table_name || '.' || column_name
                                            FROM information_schema.columns
                                            WHERE table_schema = 'PUBLIC'
                                                AND data_type IN ('CHARACTER LARGE OBJECT',
                                                    'BINARY LARGE OBJECT', 'JSON', 'JAVA_OBJECT',
                                                    'GEOMETRY')
                                            """)
                                    .mapTo(String.class)
                                    .list());

            assertThat(columns).isEmpty();
        }
    }

    @Test
    void refusesTheSchemaOfANewerVersion() throws Exception {
        Database.create(EncryptedStores.in(folder)).close();
        EncryptedStores.execute(
                folder,
                """
                INSERT INTO "flyway_schema_history" ("installed_rank", "version", "description",
                    "type", "script", "checksum", "installed_by", "execution_time", "success")
                VALUES (900, '900', 'later', 'SQL', 'V900__later.sql', 1, 'x', 1, TRUE)
                """);

        assertThatThrownBy(() -> Database.open(EncryptedStores.in(folder)))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("schema 900");
    }

    @Test
    void refusesAFolderThatWouldChangeTheDatabasesSettings() {
        assertThatThrownBy(
                        () -> Database.create(EncryptedStores.in(folder.resolve("a;CIPHER=XTEA"))))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("';'");
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
