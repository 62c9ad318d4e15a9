package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * No file of a process that works with the store holds the plaintext of a row, of a failed
 * statement, of a sort far beyond H2's usual limit in memory or of a large value: not the store's
 * folder, not the process's temporary folder, not its log. H2 by itself leaves each of them.
 */
class StoreCanaryIT {
    private static final Map<String, String> CANARIES =
            Map.of(
                    "row", RowsUntilKilled.ROW,
                    "error", RowsUntilKilled.ERROR,
                    "sort", RowsUntilKilled.SORTED,
                    "large object", RowsUntilKilled.LARGE);

    @TempDir private Path folder;

    @Test
    void leavesNoPlaintextInAnyFile() throws Exception {
        assertThat(filesAfter("ours")).isEmpty();
    }

    @Test
    void findsWhatH2ByItselfLeaves() throws Exception {
        List<String> findings = filesAfter("bare");

        assertThat(findings).anyMatch(one -> one.startsWith("row as ") && one.contains(".mv.db"));
        assertThat(findings).anyMatch(one -> one.startsWith("error as "));
        assertThat(findings)
                .anyMatch(one -> one.startsWith("sort as ") && one.contains("temporary/h2tmp"));
        assertThat(findings).anyMatch(one -> one.startsWith("large object as "));
    }

    /** What is found while the process holds the result of its sort, and once it was killed. */
    private List<String> filesAfter(String mode) throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path store = Files.createDirectory(folder.resolve("store"));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx768m",
                                "-Djava.io.tmpdir=" + temporary,
                                "-cp",
                                System.getProperty("java.class.path"),
                                RowsUntilKilled.class.getName(),
                                mode,
                                store.toString())
                        .redirectError(folder.resolve("process.log").toFile())
                        .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("ready");
            return new ByteSearch(CANARIES)
                    .findings(folder).stream().distinct().limit(10_000).toList();
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }
}
