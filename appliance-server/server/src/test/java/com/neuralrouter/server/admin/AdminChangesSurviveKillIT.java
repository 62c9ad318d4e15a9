package com.neuralrouter.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.Workspace;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A process that is killed ({@code SIGKILL}) among its changes has lost none that it acknowledged,
 * and has left none without its audit entry. This says nothing about a power failure: the kernel
 * lives on here.
 */
class AdminChangesSurviveKillIT {
    private static final long SEED = 20_261_123;

    @TempDir private Path folder;

    @Test
    void hasEveryAcknowledgedChangeWithItsEntryAfterEachKill() throws Exception {
        survive(5, SEED);
    }

    /** 300 kills: each of ten sites is killed 30 times. */
    @ParameterizedTest
    @Tag("long")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void hasEveryAcknowledgedChangeWithItsEntryAfterManyKills(long site) throws Exception {
        survive(30, SEED + site);
    }

    private void survive(int kills, long seed) throws Exception {
        new TestSite(folder).close();
        var random = new SplittableRandom(seed);
        var acknowledged = new ArrayList<String>();

        for (int round = 0; round < kills; round++) {
            acknowledged.addAll(changesBeforeKill("r" + round, 1 + random.nextInt(60)));

            try (var site = new TestSite(folder)) {
                assertWhole(site, acknowledged, "seed " + seed + ", round " + round);
            }
        }
        System.out.printf(
                "kill -9 among concurrent changes: seed %d, %d kills, %d changes acknowledged, none"
                        + " lost%n",
                seed, kills, acknowledged.size());
    }

    private static void assertWhole(TestSite site, List<String> acknowledged, String context) {
        List<Workspace> there = site.reads.read(site.workspaceStore::all);
        List<AuditEntry> entries = site.entries();

        assertThat(there).as(context).extracting(Workspace::name).containsAll(acknowledged);
        assertThat(entries.stream().map(AuditEntry::sequence).sorted())
                .as(context)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, entries.size()).boxed().toList());
        assertThat(
                        entries.stream()
                                .filter(entry -> entry.action().equals("workspace.created"))
                                .map(AuditEntry::workspace)
                                .collect(Collectors.toSet()))
                .as(context)
                .isEqualTo(there.stream().map(Workspace::name).collect(Collectors.toSet()));
        assertThat(site.snapshots.current().workspaces()).as(context).hasSize(there.size());
        assertThat(site.log.outboxMark()).as(context).isEqualTo(entries.size());
    }

    /** Kills the process once it has acknowledged so many; more may be on their way. */
    private List<String> changesBeforeKill(String prefix, int count) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ChangesUntilKilled.class.getName(),
                                folder.toString(),
                                prefix)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var names = new ArrayList<String>();
        try (BufferedReader out = process.inputReader()) {
            String name = out.readLine();
            while (name != null) {
                names.add(name);
                if (names.size() == count) {
                    // By its handle: Process itself would throw away what is still in the pipe.
                    process.toHandle().destroyForcibly();
                }
                name = out.readLine();
            }
        } finally {
            process.destroyForcibly().onExit().join();
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(count);
        return names;
    }
}
