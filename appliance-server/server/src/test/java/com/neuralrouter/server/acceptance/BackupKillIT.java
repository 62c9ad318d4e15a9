package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.server.backup.BackupFolder;
import com.neuralrouter.server.backup.BackupKind;
import com.neuralrouter.server.bootstrap.SiteFolder;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The server is killed ({@code SIGKILL}) at random moments of making a backup, and the command at
 * random moments of restoring one: nothing half is ever taken for a backup or a site, and what is
 * left lying is taken away by the next run.
 */
class BackupKillIT {
    private static final int KILLS = 6;
    private static final int ROWS = 20_000;
    private static final long SEED = 20_261_124;

    @TempDir private Path folder;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private SiteFolder site;

    @BeforeEach
    void makeASiteWithManyRows() throws IOException {
        site = RunningSite.found(folder.resolve("site"));
        try (StoppedSite stopped = StoppedSite.open(site)) {
            stopped.addRequests(ROWS);
        }
    }

    @Test
    void noHalfBackupIsEverListedAndItsRemainsAreSweptAway() throws Exception {
        long whole = nanosOfABackup();
        int listed = 2;
        int remains = 0;

        for (int kill = 0; kill < KILLS; kill++) {
            try (var server = ServerProcess.start(site, folder.resolve("server.log"));
                    var operator = Administrator.operatorOf(site, server.running().adminPort())) {
                operator.post(AdminApi.BACKUPS, Map.of(), BackupRun.class);
                pause(random.nextLong(whole));
                server.kill();
            }
            listed = assertAllListedAreWhole(listed);
            remains += remains().isEmpty() ? 0 : 1;
        }

        long _ = nanosOfABackup();
        assertThat(assertAllListedAreWhole(listed)).isEqualTo(listed + 2);
        assertThat(remains()).isEmpty();
        System.out.printf(
                "kill -9 in backup create: seed %d, %d kills within %d ms, %d left a part, which"
                        + " the next run took away; %d backups listed, all whole%n",
                SEED, KILLS, whole / 1_000_000, remains, listed + 2);
    }

    private long nanosOfABackup() throws Exception {
        try (ServerProcess _ = ServerProcess.start(site, folder.resolve("server.log"))) {
            long begin = System.nanoTime();
            CommandProcess.Ran ran =
                    CommandProcess.run(folder, "backup", "create", "--site", site.root());
            assertThat(ran.code()).as(ran.output()).isZero();
            return System.nanoTime() - begin;
        }
    }

    private List<BackupFolder> folders() {
        return List.of(
                new BackupFolder(site.root().resolve("backups"), BackupKind.DATA),
                new BackupFolder(site.root().resolve("key-backups"), BackupKind.KEYS));
    }

    private int assertAllListedAreWhole(int atLeast) throws IOException {
        int count = 0;
        try (StoppedSite stopped = StoppedSite.open(site)) {
            for (BackupFolder each : folders()) {
                for (Path backup : each.all()) {
                    assertThat(stopped.verify(backup).entries()).isNotEmpty();
                    count++;
                }
            }
        }
        assertThat(count).isGreaterThanOrEqualTo(atLeast);
        return count;
    }

    private List<Path> remains() throws IOException {
        try (Stream<Path> data = Files.list(folders().getFirst().path());
                Stream<Path> keys = Files.list(folders().getLast().path())) {
            return Stream.concat(data, keys)
                    .filter(file -> !BackupFolder.isName(file.getFileName().toString()))
                    .toList();
        }
    }

    @Test
    void aHalfRestoreReplacesNothingAndCanBeRunAgain() throws Exception {
        StoppedSite.Pair backups;
        try (StoppedSite stopped = StoppedSite.open(site)) {
            backups = stopped.backUp(folder.resolve("kept"));
            stopped.addRequests(1);
        }
        Object[] restore = {
            "backup",
            "restore",
            "--replace",
            "--site",
            site.root(),
            "--from",
            backups.data().path(),
            "--keys",
            backups.keys().path()
        };
        long whole = nanosOfARestoreElsewhere(backups);
        var outcomes = new TreeMap<String, Integer>();

        for (int kill = 0; kill < KILLS; kill++) {
            CommandProcess running = CommandProcess.start(folder, restore);
            pause(whole / 4 + random.nextLong(whole * 3 / 4));
            running.kill();
            String outcome = outcome() + (scratch().isEmpty() ? "" : ", a scratch folder left");
            outcomes.merge(outcome, 1, Integer::sum);
        }
        CommandProcess.Ran again = CommandProcess.run(folder, restore);

        assertThat(again.code()).as(again.output()).isZero();
        assertThat(rows(site)).isEqualTo(ROWS);
        assertThat(scratch()).isEmpty();
        System.out.printf(
                "kill -9 in backup restore: seed %d, %d kills within %d ms: %s; run again,"
                        + " restored%n",
                SEED, KILLS, whole / 1_000_000, outcomes);
    }

    /** What a killed restore came to; anything else fails. */
    private String outcome() throws IOException {
        if (!Files.exists(site.config())) {
            return "no site in the folder";
        }
        try (StoppedSite stopped = StoppedSite.open(site)) {
            if (stopped.requests() == ROWS + 1) {
                return "the site as it was";
            }
            assertThat(stopped.requests()).isEqualTo(ROWS);
            stopped.addRequests(1);
            return "restored";
        }
    }

    private long nanosOfARestoreElsewhere(StoppedSite.Pair backups) throws Exception {
        var elsewhere = new SiteFolder(folder.resolve("elsewhere"));
        Files.createDirectories(elsewhere.keys());
        Files.copy(site.keys().resolve("seal.key"), elsewhere.keys().resolve("seal.key"));
        long begin = System.nanoTime();
        CommandProcess.Ran ran =
                CommandProcess.run(
                        folder,
                        "backup",
                        "restore",
                        "--site",
                        elsewhere.root(),
                        "--from",
                        backups.data().path(),
                        "--keys",
                        backups.keys().path());
        assertThat(ran.code()).as(ran.output()).isZero();
        return System.nanoTime() - begin;
    }

    private static long rows(SiteFolder site) throws IOException {
        try (StoppedSite stopped = StoppedSite.open(site)) {
            return stopped.requests();
        }
    }

    private List<Path> scratch() throws IOException {
        try (Stream<Path> files = Files.list(site.root())) {
            return files.filter(file -> file.getFileName().toString().startsWith(".")).toList();
        }
    }

    private static void pause(long nanos) throws InterruptedException {
        boolean _ = new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
    }
}
