package com.neuralrouter.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.backup.BackupRefused.Reason;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.EncryptedStores;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

class StagingTest {
    @TempDir private Path folder;

    private BackupFile made(TestSite site, Path at, BackupKind kind) throws IOException {
        var maker =
                new BackupMaker(
                        new BackupMaker.Identity("north", "1.0"),
                        site.database,
                        at,
                        new BackupTestKeys(1),
                        site.integrity,
                        site.log::durableParts,
                        new SecureRandom(),
                        site.clock);
        return BackupFile.open(
                maker.make(new BackupFolder(folder.resolve(kind.word()), kind)).path());
    }

    @Test
    void putsASiteTogetherFromItsTwoBackups() throws IOException {
        Path at = folder.resolve("site");
        BackupFile data;
        BackupFile keys;
        try (var site = new TestSite(at)) {
            site.workspace("research");
            site.workspace("ward");
            Files.writeString(at.resolve("appliance.yaml"), "name: north\n");
            data = made(site, at, BackupKind.DATA);
            keys = made(site, at, BackupKind.KEYS);
        }

        Path staged = folder.resolve("staged");
        var staging = new Staging(data, keys, staged);
        staging.files(new BackupTestKeys(1));
        var restored =
                staging.restore(new BackupTestKeys(1), EncryptedStores.in(staged.resolve("data")));

        assertThat(restored.workspaceKeys()).isEqualTo(2);
        assertThat(staged.resolve("appliance.yaml")).hasContent("name: north");
        try (Database database = Database.open(EncryptedStores.in(staged.resolve("data")))) {
            assertThat(count(database, "workspace_key")).isEqualTo(2);
            assertThat(count(database, "audit_entry")).isEqualTo(3);
        }
    }

    @Test
    void leavesAKeyOutWhoseWorkspaceTheDataDoesNotKnow() throws IOException {
        Path at = folder.resolve("site");
        try (var site = new TestSite(at)) {
            site.workspace("research");
            BackupFile data = made(site, at, BackupKind.DATA);
            site.workspace("later");
            BackupFile keys = made(site, at, BackupKind.KEYS);

            Path staged = folder.resolve("staged");
            var restored =
                    new Staging(data, keys, staged)
                            .restore(
                                    new BackupTestKeys(1),
                                    EncryptedStores.in(staged.resolve("data")));

            assertThat(restored.workspaceKeys()).isEqualTo(1);
            assertThat(restored.keysWithoutWorkspace()).isEqualTo(1);
        }
    }

    @Test
    void refusesBackupsOfTwoSitesAndOfTheWrongKind() throws IOException {
        try (var one = new TestSite(folder.resolve("one"));
                var other = new TestSite(folder.resolve("other"))) {
            BackupFile data = made(one, folder.resolve("one"), BackupKind.DATA);
            BackupFile keys = made(other, folder.resolve("other"), BackupKind.KEYS);

            assertThatThrownBy(() -> Staging.demandPair(data, keys))
                    .isInstanceOfSatisfying(
                            BackupRefused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.FOREIGN));
            assertThatThrownBy(() -> Staging.demandPair(data, data))
                    .isInstanceOfSatisfying(
                            BackupRefused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.OTHER_KIND));
        }
    }

    private static long count(Database database, String table) {
        return database.read(tx ->
                tx.handle().createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one());
    }
}
