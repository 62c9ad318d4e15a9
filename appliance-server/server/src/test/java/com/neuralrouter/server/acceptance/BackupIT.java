package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.cli.Main;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The way of a site from one machine to an empty one, by the real commands as processes of their
 * own: backups of a running server, a drill, a restore, and a server on what was restored.
 */
class BackupIT {
    @TempDir private Path folder;

    private record Ran(int code, String output) {}

    private Ran run(Object... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path output = Files.createTempFile(folder, "output", ".txt");
        int code =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start()
                        .waitFor();
        return new Ran(code, Files.readString(output));
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
            Ran created = run("backup", "create", "--site", site.root());
            assertThat(created.code()).as(created.output()).isZero();
            data = only(site.root().resolve("backups"));
            keys = only(site.root().resolve("key-backups"));

            Ran drill = run("backup", "drill", "--site", site.root());
            assertThat(drill.code()).as(drill.output()).isZero();
            assertThat(drill.output()).contains("the drill passed");
            assertThat(site.root())
                    .isDirectoryNotContaining(path -> path.toString().contains(".drill"));

            Ran refused =
                    run("backup", "restore", "--site", site.root(), "--from", data, "--keys", keys);
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.output()).contains("A server runs on");
            assertThat(server.running().pid()).isPositive();
        }

        SiteFolder empty = new SiteFolder(folder.resolve("new"));
        Files.createDirectories(empty.root().resolve("keys"));
        Files.copy(site.root().resolve("keys/seal.key"), empty.root().resolve("keys/seal.key"));
        Ran restored =
                run("backup", "restore", "--site", empty.root(), "--from", data, "--keys", keys);

        assertThat(restored.code()).as(restored.output()).isZero();
        assertThat(restored.output()).contains("is the restored site");
        try (ServerProcess server = ServerProcess.start(empty, log)) {
            assertThat(server.running().adminPort()).isPositive();
            Ran doctor = run("doctor", "--site", empty.root());
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
            assertDone(
                    "delete-workspace", "research", "--confirm", "research", "--site", site.root());
            assertDone("backup", "create", "--site", site.root());
            keysOfToday = newest(site.root().resolve("key-backups"));
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
        Ran ran = run(arguments);
        assertThat(ran.code()).as(ran.output()).isZero();
        return ran.output();
    }

    private static Path newest(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.max(Comparator.naturalOrder()).orElseThrow();
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

        Ran ran = run("backup", "restore", "--site", site.root(), "--from", forged, "--keys", keys);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.output()).contains("segment 0 was altered");
        assertThat(Files.readAllBytes(site.store().resolve("site.mv.db"))).isEqualTo(store);
        assertThat(site.root())
                .isDirectoryNotContaining(path -> path.toString().contains(".restore"))
                .isDirectoryNotContaining(path -> path.toString().contains("replaced"));
        Ran list = run("backup", "list", "--site", site.root());
        assertThat(list.output()).contains("data-", "keys-");
    }
}
