package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.backup.BackupFolder;
import com.neuralrouter.server.bootstrap.SiteFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The way of a site from one machine to an empty one, by the real commands as processes of their
 * own: backups of a running server, a drill, a restore, and a server on what was restored.
 */
class BackupIT {
    @TempDir private Path folder;

    private CommandProcess.Ran run(Object... arguments) throws Exception {
        return CommandProcess.run(folder, arguments);
    }

    private static Path only(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    @Test
    void aSiteMovesToAnEmptyMachineWithItsTwoBackupsAndItsSeal() throws Exception {
        SiteFolder site = RunningSite.found(folder.resolve("old"));
        Path log = folder.resolve("server.log");
        Path data;
        Path keys;
        try (ServerProcess server = ServerProcess.start(site, log)) {
            CommandProcess.Ran created = run("backup", "create", "--site", site.root());
            assertThat(created.code()).as(created.output()).isZero();
            data = only(site.root().resolve("backups"));
            keys = only(site.root().resolve("key-backups"));

            CommandProcess.Ran drill = run("backup", "drill", "--site", site.root());
            assertThat(drill.code()).as(drill.output()).isZero();
            assertThat(drill.output()).contains("the drill passed");
            assertThat(site.root())
                    .isDirectoryNotContaining(path -> path.toString().contains(".restoring"));

            CommandProcess.Ran refused =
                    run("backup", "restore", "--site", site.root(), "--from", data, "--keys", keys);
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.output()).contains("A server runs on");
            assertThat(server.running().pid()).isPositive();
        }

        CommandProcess.Ran alone = run("backup", "drill", "--site", site.root());
        assertThat(alone.code()).as(alone.output()).isZero();
        assertThat(site.root().resolve("drills")).isDirectory();
        try (Stream<Path> reports = Files.list(site.root().resolve("drills"))) {
            assertThat(reports)
                    .as("one with a server, one without")
                    .hasSize(2)
                    .allSatisfy(report ->
                            assertThat(report)
                                    .content()
                                    .contains("\"passed\" : true", data.getFileName().toString()));
        }

        SiteFolder empty = new SiteFolder(folder.resolve("new"));
        Files.createDirectories(empty.root().resolve("keys"));
        Files.copy(site.root().resolve("keys/seal.key"), empty.root().resolve("keys/seal.key"));
        CommandProcess.Ran restored =
                run("backup", "restore", "--site", empty.root(), "--from", data, "--keys", keys);

        assertThat(restored.code()).as(restored.output()).isZero();
        assertThat(restored.output()).contains("is the restored site");
        try (ServerProcess server = ServerProcess.start(empty, log)) {
            assertThat(server.running().adminPort()).isPositive();
            CommandProcess.Ran doctor = run("doctor", "--site", empty.root());
            assertThat(doctor.output()).contains("server").contains("answers at");
        }
    }

    @Test
    void aDeletedWorkspacesCredentialIsShreddedInYesterdaysBackupOfTheData() throws Exception {
        SiteFolder site = RunningSite.found(folder.resolve("shredding"));
        Path secret = Files.writeString(folder.resolve("secret"), "sk-planted-0123456789");
        Path document =
                Files.writeString(
                        folder.resolve("site.yaml"),
                        """
                        apiVersion: neural-router/v1
                        providers:
                          - {name: gpu, kind: openai, baseUrl: "https://gpu.internal:8000/v1"}
                        workspaces:
                          - name: research
                            credentials:
                              - {provider: gpu, secret: {file: "%s"}}
                        """
                                .formatted(secret));
        Path data;
        Path keysOfYesterday;
        Path keysOfToday;
        try (ServerProcess _ = ServerProcess.start(site, folder.resolve("server.log"))) {
            assertDone("apply", "--site", site.root(), "-f", document, "--yes");
            assertDone("backup", "create", "--site", site.root());
            data = only(site.root().resolve("backups"));
            keysOfYesterday = only(site.root().resolve("key-backups"));
            String deleted =
                    assertDone(
                            "delete-workspace",
                            "research",
                            "--confirm",
                            "research",
                            "--site",
                            site.root());
            assertThat(deleted).contains("the last one that holds them expires at 20");
            keysOfToday = whenThereIsAnotherThan(keysOfYesterday);
        }

        assertThat(restored(site, "shredded", data, keysOfToday))
                .contains("0 credentials open; 1 do not");
        assertThat(restored(site, "while-keys-are-kept", data, keysOfYesterday))
                .contains("1 credentials open; 0 do not");
    }

    private String restored(SiteFolder from, String name, Path data, Path keys) throws Exception {
        Path to = folder.resolve(name);
        Files.createDirectories(to.resolve("keys"));
        Files.copy(from.root().resolve("keys/seal.key"), to.resolve("keys/seal.key"));
        return assertDone("backup", "restore", "--site", to, "--from", data, "--keys", keys);
    }

    private String assertDone(Object... arguments) throws Exception {
        CommandProcess.Ran ran = run(arguments);
        assertThat(ran.code()).as(ran.output()).isZero();
        return ran.output();
    }

    private static Path whenThereIsAnotherThan(Path backup) throws Exception {
        var never = new CountDownLatch(1);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (Stream<Path> files = Files.list(backup.resolveSibling(""))) {
                Optional<Path> other =
                        files.filter(file -> BackupFolder.isName(file.getFileName().toString()))
                                .filter(file -> !file.equals(backup))
                                .findFirst();
                if (other.isPresent()) {
                    return other.get();
                }
            }
            assertThat(System.nanoTime()).as("a backup is made").isLessThan(deadline);
            boolean _ = never.await(50, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void aRestoreThatIsRefusedLeavesTheSiteAsItWas() throws Exception {
        SiteFolder site = RunningSite.found(folder.resolve("site"));
        Path log = folder.resolve("server.log");
        try (ServerProcess _ = ServerProcess.start(site, log)) {
            assertThat(run("backup", "create", "--site", site.root()).code()).isZero();
        }
        Path data = only(site.root().resolve("backups"));
        Path keys = only(site.root().resolve("key-backups"));
        byte[] altered = Files.readAllBytes(data);
        altered[altered.length - 30] ^= 1;
        Path forged = folder.resolve("forged.nrbackup");
        Files.write(forged, altered);
        byte[] store = Files.readAllBytes(site.store().resolve("site.mv.db"));

        CommandProcess.Ran ran =
                run(
                        "backup",
                        "restore",
                        "--replace",
                        "--site",
                        site.root(),
                        "--from",
                        forged,
                        "--keys",
                        keys);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("segment 0 was altered");
        assertThat(Files.readAllBytes(site.store().resolve("site.mv.db"))).isEqualTo(store);
        assertThat(site.root())
                .isDirectoryNotContaining(path -> path.toString().contains(".restoring"))
                .isDirectoryNotContaining(path -> path.toString().contains("replaced"));
        CommandProcess.Ran list = run("backup", "list", "--site", site.root());
        assertThat(list.output()).contains("data-", "keys-");
    }
}
