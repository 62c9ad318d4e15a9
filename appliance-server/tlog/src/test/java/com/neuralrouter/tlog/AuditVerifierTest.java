package com.neuralrouter.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.tlog.Verifier.Outcome;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An export and the one-file verifier that goes with it: what each says of the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditVerifierTest {
    private static final int SIZE = 600;

    private final TestLog log = TestLog.ofSize(SIZE, 1);
    private Path temporary;
    private Verifier verifier;
    private Path folder;

    @BeforeAll
    void exportOnce(@TempDir Path folderOfThisTest) throws IOException {
        temporary = folderOfThisTest;
        verifier = Verifier.compile(temporary.resolve("verifier"));
        folder = temporary.resolve("export");
        log.export(folder, log.signers(), 1, 256, 512);
    }

    @Test
    void anExportHasTheFilesOfItsTreeAndNoOthers() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(
                            files.filter(Files::isRegularFile)
                                    .map(file -> folder.relativize(file).toString())
                                    .map(name -> name.replace('\\', '/')))
                    .containsExactlyInAnyOrder(
                            "AuditVerifier.java",
                            "VERIFY.md",
                            "checkpoint",
                            "checkpoints/00000000000000000001",
                            "checkpoints/00000000000000000256",
                            "checkpoints/00000000000000000512",
                            "keys",
                            "tile/0/000",
                            "tile/0/001",
                            "tile/0/002.p/88",
                            "tile/1/000.p/2",
                            "tile/entries/000",
                            "tile/entries/001",
                            "tile/entries/002.p/88");
        }
        assertThat(EntryBundle.decode(Files.readAllBytes(folder.resolve("tile/entries/001"))))
                .containsExactlyElementsOf(log.leaves().subList(256, 512));
        assertThat(folder.resolve("AuditVerifier.java")).hasBinaryContent(Verifier.source());
    }

    @Test
    void aTreesTilesAreItsPerfectSubtrees() throws IOException {
        byte[] tile = Files.readAllBytes(folder.resolve("tile/0/000"));
        byte[] above = Files.readAllBytes(folder.resolve("tile/1/000.p/2"));

        assertThat(tile).hasSize(256 * 32).startsWith(TreeHash.leaf(log.leaves().getFirst()));
        assertThat(above).hasSize(2 * 32).startsWith(TreeHash.perfect(tile));
    }

    @Test
    void theVerifierSaysWhatItFound() {
        Outcome outcome = verifier.verify(folder);

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.output())
                .contains("log          nr.example/audit\n")
                .contains("checkpoints  4, roots and signatures right\n")
                .contains("entries      600, numbered without a gap\n")
                .contains("times        " + log.time(0) + " to " + log.time(599) + ", never back\n")
                .contains("tiles        7 files")
                .contains("WARNING      The keys were taken from the folder itself")
                .contains("WARNING      Nothing shows that this is not an older copy")
                .endsWith("GOOD\n");
    }

    @Test
    void theVerifierWarnsOfNothingWhenTheAuditorBringsWhatItTakes() throws IOException {
        Path kept = temporary.resolve("kept");
        Files.write(kept, log.checkpoint(300, log.signers()).bytes());

        Outcome outcome =
                verifier.verify(
                        folder,
                        "--key",
                        log.ed25519.verifier(),
                        "--key",
                        log.mlDsa.verifier(),
                        "--remembered",
                        kept);

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.output()).doesNotContain("WARNING").contains("remembered   1");
    }

    @Test
    void theVerifierChecksALogOfAnySize() throws IOException {
        for (int size : new int[] {1, 2, 255, 256, 257, 512}) {
            TestLog small = TestLog.ofSize(size, size);
            Path export = temporary.resolve("of-" + size);
            small.export(export, small.signers());

            assertThat(verifier.verify(export).output()).as("size %d", size).endsWith("GOOD\n");
        }
    }

    @Test
    void theVerifierTellsAWrongAnswerFromNone() throws IOException {
        Path empty = Files.createDirectories(temporary.resolve("empty"));

        assertThat(verifier.verify().exit()).isEqualTo(2);
        assertThat(verifier.verify(temporary.resolve("absent")).exit()).isEqualTo(2);
        assertThat(verifier.verify(folder, "--key").exit()).isEqualTo(2);
        assertThat(verifier.verify(folder, "--key", "x").exit()).isEqualTo(2);
        assertThat(verifier.verify(folder, "--other", "x").exit()).isEqualTo(2);
        assertThat(verifier.verify(folder, "--remembered", "absent").exit()).isEqualTo(2);
        assertThat(verifier.verify(empty))
                .isEqualTo(new Outcome(1, "BAD          keys: is missing\n"));
    }

    @Test
    void theVerifierRunsFromItsSource() throws Exception {
        Path output = temporary.resolve("output");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                folder.resolve("AuditVerifier.java").toString(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(output).content().endsWith("GOOD\n");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void theVerifierAcceptsAWitnessItHasTheKeyOf() throws IOException {
        NoteSigner witness = TestKeys.signer("desk", NoteAlgorithm.ED25519_COSIGNATURE);
        List<NoteSigner> all = List.of(log.ed25519, log.mlDsa, witness);
        Path export = temporary.resolve("witnessed");
        log.export(export, all);

        assertThat(verifier.verify(export).output()).endsWith("GOOD\n");

        Files.writeString(
                export.resolve("keys"),
                log.ed25519.verifier() + "\n" + log.mlDsa.verifier() + "\n");
        assertThat(verifier.verify(export).output())
                .isEqualTo("BAD          checkpoint: is signed by an unknown key of desk\n");
    }

    @Test
    void theVerifierFindsACheckpointSignedBeforeItsLastEntry() throws IOException {
        Path export = temporary.resolve("early");
        LogExport early = new LogExport(export);
        for (byte[] leaf : log.leaves()) {
            early.append(leaf);
        }
        String text = log.checkpoint(SIZE, log.signers()).text();
        early.finish(
                NoteSigner.signAll(text, Instant.parse("2020-01-01T00:00:00Z"), log.signers()),
                List.of(),
                log.keys());

        assertThat(verifier.verify(export).output()).contains("was signed before its last entry");
    }

    @Test
    void theVerifierComparesWhatAnAuthorityHasStampedWithTheTree() throws IOException {
        Path stamped = temporary.resolve("stamped");
        var export = new LogExport(stamped);
        for (byte[] leaf : log.leaves()) {
            export.append(leaf);
        }
        export.stamp(log.checkpoint(300, log.signers()), new byte[] {1});
        export.stamp(log.checkpoint(SIZE, log.signers()), new byte[] {2});
        export.finish(log.checkpoint(SIZE, log.signers()), List.of(), log.keys());

        assertThat(verifier.verify(stamped).output()).endsWith("GOOD\n");
        Files.move(
                stamped.resolve("timestamps/%020d.note".formatted(300)),
                stamped.resolve("timestamps/%020d.note".formatted(301)));
        assertThat(verifier.verify(stamped).output())
                .startsWith("BAD ")
                .contains("is a checkpoint of 300 entries");
    }

    @Test
    void theVerifierReadsEntriesAsJsonAndNotAsText() throws IOException {
        List<String> wrong =
                List.of(
                        "[]",
                        "{}",
                        "{\"sequence\":0}",
                        "{\"sequence\":1,\"time\":\"2026-11-23T00:00:00Z\"}",
                        "{\"details\":{\"sequence\":0},\"time\":\"2026-11-23T00:00:00Z\"}",
                        "{\"sequence\":0,\"sequence\":0,\"time\":\"2026-11-23T00:00:00Z\"}",
                        "{\"sequence\":0,\"time\":\"yesterday\"}",
                        "{\"sequence\":0,\"time\":null}",
                        "{\"sequence\":0,\"time\":\"2026-11-23T00:00:00Z\"",
                        "{\"sequence\":0,\"time\":\"2026-11-23T00:00:00Z}",
                        "{\"sequence\":0 \"time\":\"2026-11-23T00:00:00Z\"}",
                        "{\"sequence\"");
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < wrong.size(); i++) {
            Path export = temporary.resolve("json-" + i);
            exportOne(export, wrong.get(i));
            Outcome outcome = verifier.verify(export);
            if (outcome.exit() != 1 || !outcome.output().contains("entry 0")) {
                accepted.add(wrong.get(i) + ": " + outcome.output());
            }
        }

        assertThat(accepted).isEmpty();
    }

    @Test
    void anExportIsNotFinishedWithACheckpointOfSomethingElse() throws IOException {
        LogExport export = new LogExport(temporary.resolve("unfinished"));
        export.append(log.leaves().getFirst());

        assertThatThrownBy(() ->
                        export.finish(log.checkpoint(2, log.signers()), List.of(), log.keys()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of 2 entries and not of the 1");
        assertThatThrownBy(
                        () -> export.finish(log.checkpoint(1, log.signers()), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(temporary.resolve("unfinished/checkpoint")).doesNotExist();
    }

    @Test
    void anExportIsNotMixedWithWhatIsThere() throws IOException {
        Path taken = Files.createDirectories(temporary.resolve("taken"));
        Files.writeString(taken.resolve("file"), "x");

        assertThatThrownBy(() -> new LogExport(taken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty folder");
    }

    private void exportOne(Path export, String entry) throws IOException {
        byte[] leaf = entry.getBytes(StandardCharsets.UTF_8);
        Frontier frontier = new Frontier();
        frontier.append(TreeHash.leaf(leaf));
        LogExport one = new LogExport(export);
        one.append(leaf);
        one.finish(
                NoteSigner.signAll(
                        new Checkpoint(TestLog.ORIGIN, 1, frontier.root()).text(),
                        Instant.parse("2027-01-01T00:00:00Z"),
                        log.signers()),
                List.of(),
                log.keys());
    }
}
