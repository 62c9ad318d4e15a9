package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.seal.SealMaterial;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The commands on backups of a site whose vault takes a passphrase, without a server. */
class SealedBackupIT {
    private static final String PASSPHRASE = "correct horse battery canary-88d2";

    @TempDir private Path folder;
    private final List<String> said = new ArrayList<>();

    private int run(Object... arguments) throws Exception {
        CommandProcess.Ran ran = CommandProcess.run(folder, arguments);
        said.add(ran.output());
        return ran.code();
    }

    @Test
    void takeThePassphraseFromAFile() throws Exception {
        var site = new SiteFolder(folder.resolve("site"));
        Path file = Files.writeString(folder.resolve("secret"), PASSPHRASE + "\n");
        Path wrong = Files.writeString(folder.resolve("wrong"), "not the one that was chosen\n");
        String from = "--passphrase-file";
        assertThat(run("init", "--site", site.root(), "--seal", "passphrase", from, file))
                .as("%s", said)
                .isZero();
        StoppedSite.Pair made;
        var passphrase =
                new SealMaterial.Passphrase(
                        SecretBytes.owning(PASSPHRASE.getBytes(StandardCharsets.UTF_8)));
        try (passphrase;
                StoppedSite stopped =
                        StoppedSite.open(site, RunningSite.vault(site).open(passphrase))) {
            made = stopped.backUp(folder);
        }
        Path data = made.data().path();
        Path keys = made.keys().path();

        assertThat(run("backup", "verify", "--site", site.root(), from, file, data)).isZero();
        assertThat(run("backup", "verify", "--site", site.root(), from, wrong, data)).isEqualTo(1);
        assertThat(
                        run(
                                "backup",
                                "drill",
                                "--site",
                                site.root(),
                                from,
                                file,
                                "--from",
                                data,
                                "--keys",
                                keys))
                .as("%s", said)
                .isZero();
        try (Stream<Path> reports = Files.list(site.root().resolve("drills"))) {
            assertThat(reports)
                    .singleElement()
                    .satisfies(report ->
                            assertThat(report)
                                    .content()
                                    .contains(
                                            "\"passed\" : true",
                                            data.getFileName().toString(),
                                            keys.getFileName().toString()));
        }
        assertThat(restore("refused", data, keys, wrong)).isEqualTo(1);
        assertThat(folder.resolve("refused/appliance.yaml")).doesNotExist();
        assertThat(restore("restored", data, keys, file)).as("%s", said).isZero();
        assertThat(folder.resolve("restored/appliance.yaml")).exists();
        assertThat(said).noneMatch(line -> line.contains("canary"));
    }

    private int restore(String to, Path data, Path keys, Path passphrase) throws Exception {
        return run(
                "backup",
                "restore",
                "--site",
                folder.resolve(to),
                "--from",
                data,
                "--keys",
                keys,
                "--passphrase-file",
                passphrase);
    }
}
