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

/** What opening says, and what is particular to H2; see {@link TransactionsTest} for the rest. */
class DatabaseTest {
    @TempDir private Path folder;

    @Test
    void refusesToMakeAStoreWhereThereIsOne() {
        Database.create(EncryptedStores.in(folder)).close();

        assertThatThrownBy(() -> Database.create(EncryptedStores.in(folder)))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("already");
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
            database.write(tx ->
                    tx.handle()
                            .execute(
                                    "INSERT INTO root_key (version, key_check, created_at) VALUES"
                                            + " (1, X'00', CURRENT_TIMESTAMP)"));
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
}
