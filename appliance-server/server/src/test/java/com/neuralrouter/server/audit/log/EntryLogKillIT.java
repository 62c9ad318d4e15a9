package com.neuralrouter.server.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.tlog.Checkpoint;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills a process that appends to the log from several threads, at random moments; after each kill
 * all that it acknowledged is in the log, in its place.
 */
class EntryLogKillIT {
    private static final int KILLS = 20;
    private static final int MOST_LINES = 4_000;

    @TempDir private Path site;
    private Path folder;
    private TestLog logs;

    @BeforeEach
    void makeLog() {
        folder = site.resolve("audit");
        logs = new TestLog(site);
        logs.create(folder).close();
    }

    @AfterEach
    void closeVault() {
        logs.close();
    }

    @Test
    void hasEveryAcknowledgedEntryAfterEachKill() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        int acknowledged = 0;
        int unclean = 0;
        long cutBytes = 0;
        long unsigned = 0;
        long checkpoint = 0;
        long size = 0;

        for (int kill = 0; kill < KILLS; kill++) {
            List<String> told = runUntilKilled(kill, 1 + random.nextInt(MOST_LINES));
            acknowledged += told.size();
            try (EntryLog log = logs.open(folder)) {
                assertThat(log.size()).isGreaterThanOrEqualTo(size + told.size());
                List<String> leaves = new ArrayList<>();
                log.read(size, log.size(), (sequence, leaf, side) -> leaves.add(text(leaf)));
                assertThat(leaves).as("kill %d, seed %d", kill, seed).containsAll(told);
                long signed = Checkpoint.parse(log.checkpoint().text()).size();
                assertThat(signed).isGreaterThanOrEqualTo(checkpoint);
                checkpoint = Checkpoint.parse(log.checkpointNow().text()).size();
                size = log.size();
                unclean += log.recovery().unclean() ? 1 : 0;
                cutBytes += log.recovery().cutBytes();
                unsigned += log.recovery().unsigned();
                log.verify();
            }
        }

        System.out.printf(
                "audit log killed %d times (seed %d): %d entries acknowledged, %d in the log, none"
                        + " lost; %d unclean, %d bytes of unfinished batches cut, %d entries behind"
                        + " the last checkpoint%n",
                KILLS, seed, acknowledged, size, unclean, cutBytes, unsigned);
        assertThat(unclean).isEqualTo(KILLS);
        try (EntryLog log = logs.open(folder)) {
            assertThat(log.tree().root()).isEqualTo(TestLog.naiveRootOf(log));
        }
    }

    private static String text(byte[] leaf) {
        return new String(leaf, StandardCharsets.UTF_8);
    }

    /** Reads what the process acknowledges and kills it after that many lines. */
    private List<String> runUntilKilled(int run, int lines)
            throws IOException, InterruptedException {
        List<String> told = new ArrayList<>();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                AppendingProcess.class.getName(),
                                site.toString(),
                                "k" + run)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.endsWith(".")) {
                    told.add(line.substring(0, line.length() - 1));
                }
                if (told.size() == lines) {
                    process.toHandle().destroyForcibly(); // its last words stay readable
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("killed, not failed").isEqualTo(128 + 9);
        return told;
    }
}
