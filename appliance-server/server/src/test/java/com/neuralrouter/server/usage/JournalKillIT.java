package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.EncryptedStores;
import com.neuralrouter.server.usage.MappedRequestJournal.Beginning;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Kills a process that records requests, at random moments, and looks what of them is in the store
 * after the next start.
 */
class JournalKillIT {
    private static final int KILLS = 8;

    @TempDir Path folder;

    @Test
    void keepsEveryRequestThatWasOpenedWhenTheProcessIsKilled() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        Database.create(EncryptedStores.in(folder.resolve("data"))).close();
        Set<Long> opened = new HashSet<>();
        Set<Long> closed = new HashSet<>();

        for (int kill = 0; kill < KILLS; kill++) {
            runUntilKilled(kill, 1 + random.nextInt(40_000), opened, closed);
        }
        Map<Long, Outcome> stored = afterRestart();

        long interrupted =
                stored.values().stream().filter(each -> each == Outcome.INTERRUPTED).count();
        System.out.printf(
                "journal killed %d times (seed %d): %d requests opened, %d ended, %d stored, %d of"
                        + " them interrupted%n",
                KILLS, seed, opened.size(), closed.size(), stored.size(), interrupted);
        assertThat(stored.keySet()).as("seed %d", seed).containsAll(opened);
        assertThat(closed)
                .as("seed %d: what had ended is not taken for interrupted", seed)
                .allSatisfy(id -> assertThat(stored.get(id)).isEqualTo(Outcome.COMPLETED));
    }

    /** Reads what the process acknowledges and kills it after that many lines. */
    private void runUntilKilled(int run, int lines, Set<Long> opened, Set<Long> closed)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                JournalWriter.class.getName(),
                                folder.toString(),
                                Long.toString((run + 1) * 1_000_000_000L))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (BufferedReader out = process.inputReader()) {
            int read = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                read++;
                if (read == lines) {
                    process.toHandle().destroyForcibly(); // its last words stay readable
                }
                if (line.endsWith(".")) {
                    long id = Long.parseLong(line, 1, line.length() - 1, 10);
                    (line.charAt(0) == 'o' ? opened : closed).add(id);
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("killed, not failed").isEqualTo(128 + 9);
    }

    /** Starts and closes the journal, which drains it; no id may be there twice. */
    private Map<Long, Outcome> afterRestart() {
        try (var database = Database.open(EncryptedStores.in(folder.resolve("data")))) {
            var store = new UsageStore(database);
            MappedRequestJournal.start(
                            folder.resolve("journal"),
                            JournalWriter.CAPACITY,
                            store,
                            Beginning.MAPPED)
                    .close();
            Map<Long, Outcome> stored = new HashMap<>();
            List<RequestSummary> page = store.after(0, 5000);
            while (!page.isEmpty()) {
                for (RequestSummary each : page) {
                    long id = each.id().value().getLeastSignificantBits();
                    assertThat(stored.put(id, each.outcome())).as("request %d", id).isNull();
                }
                page = store.after(page.getLast().position(), 5000);
            }
            return stored;
        }
    }
}
