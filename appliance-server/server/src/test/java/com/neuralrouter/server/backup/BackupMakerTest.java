package com.neuralrouter.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.backup.BackupMaker.Made;
import com.neuralrouter.server.backup.BackupRefused.Reason;
import com.neuralrouter.server.secret.StreamKey;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.EncryptedStores;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;

@Tag("store")
class BackupMakerTest {
    private static final String CANARY = "CANARY-7c1f22";

    @TempDir private Path folder;
    private TestSite site;
    private BackupFolder backups;

    @BeforeEach
    void makeSite() {
        site = new TestSite(folder.resolve("site"));
        backups = new BackupFolder(folder.resolve("backups"), BackupKind.DATA);
    }

    @AfterEach
    void closeSite() {
        site.close();
    }

    private BackupMaker maker() {
        return new BackupMaker(
                new BackupMaker.Identity("north", "1.0"),
                site.database,
                folder.resolve("site"),
                new BackupTestKeys(1),
                site.integrity,
                site.log::durableParts,
                new SecureRandom(),
                site.clock);
    }

    private void fill() {
        for (int i = 0; i < 3; i++) {
            Workspace workspace = site.workspace("team-" + i);
            var provider = site.provider("provider-" + i);
            site.credentials.put(
                    site.as(Permission.CREDENTIALS_MANAGE),
                    workspace.id(),
                    new PutCredential(provider.endpoint().id(), CANARY, "sk-" + CANARY + i));
            for (int k = 0; k < 20; k++) {
                site.apiKeys.create(
                        site.as(Permission.API_KEYS_MANAGE),
                        workspace.id(),
                        new CreateApiKey(CANARY + "-" + k, null));
            }
        }
    }

    @Test
    void givesEveryRowBackAsItWas() throws IOException {
        fill();

        Made made = maker().make(backups);

        assertThat(Files.getPosixFilePermissions(made.path()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(rows(restored(made, BackedUp::inData)))
                .isEqualTo(rows(site.database))
                .hasEntrySatisfying("api_key", keys -> assertThat(keys).hasSize(60));
    }

    @Test
    void leavesTheWorkspacesKeysToTheBackupOfTheKeys() throws IOException {
        fill();
        var keys = new BackupFolder(folder.resolve("key-backups"), BackupKind.KEYS);

        Made made = maker().make(keys);

        assertThat(made.manifest().entries())
                .extracting(Manifest.Entry::name)
                .containsExactlyInAnyOrder(
                        "tables/root_key.jsonl",
                        "tables/destroyed_workspace_key.jsonl",
                        "tables/kept_content_key.jsonl",
                        "tables/workspace_key.jsonl");
        assertThat(made.manifest().rows()).as("three keys and the root's check value").isEqualTo(4);
        assertThat(made.header().vault()).isEqualTo(new BackupTestKeys(1).vaultFile());
        assertThat(maker().make(backups).manifest().entries())
                .extracting(Manifest.Entry::name)
                .doesNotContain("tables/workspace_key.jsonl")
                .contains("tables/workspace.jsonl", "tables/audit_entry.jsonl");
    }

    @Test
    void isOfOneMomentWhileTheSiteChanges() throws Exception {
        fill();
        var stop = new AtomicBoolean();
        var changing = new CountDownLatch(1);
        Thread changes =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int i = 0; !stop.get(); i++) {
                                site.workspace("w" + i);
                                changing.countDown();
                            }
                        });
        changing.await();

        for (int i = 0; i < 5; i++) {
            Made made = maker().make(backups);

            Database restored = restored(made, BackedUp::inData);
            // Each change is a workspace, one entry and one version: were a table of another moment
            // the three would part.
            long workspaces = count(restored, "workspace");
            long founding = 1;
            assertThat(made.manifest().siteVersion())
                    .isEqualTo(restored.read(site.siteStore::version));
            assertThat(restored.read(site.auditStore::last))
                    .isEqualTo(count(restored, "audit_entry"));
            assertThat(count(restored, "audit_entry"))
                    .isEqualTo(founding + workspaces + 3 + 3 + 60);
            assertThat(made.manifest().audit().sequence())
                    .isEqualTo(count(restored, "audit_entry"));
        }
        stop.set(true);
        changes.join();
    }

    @Test
    void leavesNothingOfABackupForWhichThereIsNoRoom() throws IOException {
        fill();

        assertThatThrownBy(() -> maker().make(backups, out -> fullAfter(out, 2_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left on device");

        assertThat(backups.all()).isEmpty();
        try (Stream<Path> left = Files.list(backups.path())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void listsNothingUnfinishedAndSweepsItAway() throws IOException {
        Made made = maker().make(backups);
        Path part = backups.path().resolve("." + made.path().getFileName() + ".part");
        Files.copy(made.path(), part);
        Path begun = backups.path().resolve("." + part.getFileName() + ".new");
        Files.createFile(begun);
        Files.writeString(backups.path().resolve("notes.txt"), "mine");

        assertThat(backups.all()).containsExactly(made.path());
        backups.sweep();

        assertThat(part).doesNotExist();
        assertThat(begun).doesNotExist();
        assertThat(backups.path().resolve("notes.txt")).exists();
    }

    @Test
    void holdsNoPlaintextAnywhere() throws IOException {
        fill();
        Made made = maker().make(backups);

        byte[] bytes = Files.readAllBytes(made.path());

        assertThat(contains(bytes, CANARY)).isFalse();
        assertThat(contains(bytes, "audit_entry")).isFalse();
        // The search finds what is there: the header is readable to everybody.
        assertThat(contains(bytes, "\"site\":\"north\"")).isTrue();
    }

    @Test
    void hasEveryTableInOneBackup() {
        List<Table> tables = site.database.read(new DumpStore()::tables);

        assertThat(tables)
                .extracting(Table::name)
                .allSatisfy(name ->
                        assertThat(BackedUp.inData(name)).isNotEqualTo(BackedUp.inKeys(name)));
        assertThatThrownBy(() -> BackedUp.demandAllKnown(List.of("site", "forgotten")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("forgotten");
    }

    @Test
    void refusesAKeyAndASiteThatAreNotItsOwn() throws IOException {
        BackupFile file = BackupFile.open(maker().make(backups).path());

        try (StreamKey other = new BackupTestKeys(2).key(BackupKind.DATA)) {
            assertThatThrownBy(() -> BackupMaker.verify(file, other))
                    .isInstanceOfSatisfying(
                            BackupRefused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.OTHER_KEY));
        }
        assertThatThrownBy(() -> file.demandSite(site.ids.next()))
                .isInstanceOfSatisfying(
                        BackupRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.FOREIGN));
    }

    private static boolean contains(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }

    private static OutputStream fullAfter(OutputStream out, int bytes) {
        return new FilterOutputStream(out) {
            private int left = bytes;

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                left -= length;
                if (left < 0) {
                    throw new IOException("No space left on device");
                }
                out.write(from, offset, length);
            }
        };
    }

    private Database restored(Made made, Predicate<String> tables) throws IOException {
        Path at = folder.resolve("restored-" + made.path().getFileName());
        Database into = Database.create(EncryptedStores.in(at), made.header().schemaVersion());
        var loader =
                new Loader(
                        into,
                        tables,
                        (_, content) -> content.transferTo(OutputStream.nullOutputStream()));
        BackupFile file = BackupFile.open(made.path());
        try (StreamKey key = new BackupTestKeys(1).key(file.header().kind())) {
            file.read(key, in -> Content.read(in, loader));
        }
        loader.demandWhole();
        return into;
    }

    /** All tables but the workspaces' keys, as text. */
    private TreeMap<String, List<String>> rows(Database database) {
        return database.read(tx -> {
            var all = new TreeMap<String, List<String>>();
            var store = new DumpStore();
            for (Table table : store.tables(tx)) {
                if (BackedUp.inData(table.name())) {
                    var rows = new ArrayList<String>();
                    new Pages(store, tx, table).forEach(row -> rows.add(text(table, row)));
                    all.put(table.name(), rows);
                }
            }
            return all;
        });
    }

    private static String text(Table table, Row row) {
        var text = new StringWriter();
        try (JsonGenerator json = JsonMapper.shared().createGenerator(text)) {
            row.write(table, json);
        }
        return text.toString();
    }

    private static long count(Database database, String table) {
        return database.read(tx ->
                tx.handle().createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one());
    }
}
