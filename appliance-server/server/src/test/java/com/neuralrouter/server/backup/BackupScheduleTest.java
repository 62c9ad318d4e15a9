package com.neuralrouter.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.BackupDrill;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.metric.PrometheusText;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Days pass in a moment here: the clock is set by hand. */
class BackupScheduleTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir private Path folder;
    private final HandClock clock = new HandClock();
    private TestSite site;
    private Backups.Folders folders;
    private Backups backups;
    private BackupSchedule schedule;

    private static final class HandClock extends Clock {
        private volatile Instant now = Instant.parse("2027-03-01T02:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    @BeforeEach
    void start() {
        site = new TestSite(folder.resolve("site"));
        folders =
                new Backups.Folders(
                        new BackupFolder(folder.resolve("data"), BackupKind.DATA),
                        DAY.multipliedBy(3),
                        new BackupFolder(folder.resolve("keys"), BackupKind.KEYS),
                        DAY.multipliedBy(2));
        var ids = new Ids(clock);
        var maker =
                new BackupMaker(
                        new BackupMaker.Identity("north", "1.0"),
                        site.database,
                        folder.resolve("site"),
                        new BackupTestKeys(1),
                        site.integrity,
                        site.log::durableParts,
                        new SecureRandom(),
                        clock);
        backups = new Backups(maker, new BackupTestKeys(1), folders, site.transactions, ids, clock);
        schedule =
                new BackupSchedule(
                        backups, folders, new BackupSchedule.Every(DAY, DAY), ids, clock);
    }

    @AfterEach
    void stop() {
        schedule.close();
        backups.close();
        site.close();
    }

    private void askAndWait() throws Exception {
        schedule.ask();
        await();
    }

    private void await() throws InterruptedException {
        var never = new CountDownLatch(1);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (backups.busy()) {
            assertThat(System.nanoTime()).as("the run ends").isLessThan(deadline);
            boolean _ = never.await(10, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void makesBothAtOnceWhenThereIsNoneAndThenOncePerInterval() throws Exception {
        askAndWait();
        assertThat(folders.data().all()).hasSize(1);
        assertThat(folders.keys().all()).hasSize(1);

        clock.pass(DAY.minusSeconds(1));
        askAndWait();
        assertThat(folders.data().all()).hasSize(1);

        clock.pass(Duration.ofSeconds(1));
        askAndWait();
        assertThat(folders.data().all()).hasSize(2);
        assertThat(actions()).contains("backup.created");
    }

    @Test
    void isToldOfToWhoWatches() throws Exception {
        var metrics =
                new BackupMetrics(backups, folders, new BackupSchedule.Every(DAY, Duration.ZERO));
        PrometheusText before = PrometheusText.of(metrics);
        askAndWait();
        PrometheusText after = PrometheusText.of(metrics);
        clock.pass(DAY);
        Files.delete(folders.data().all().getFirst());
        Files.delete(folders.data().path());
        Files.writeString(folders.data().path(), "in the way");
        askAndWait();
        PrometheusText failed = PrometheusText.of(metrics);

        assertThat(before.family("neural_router_backup_last_success_timestamp_seconds").samples())
                .isEmpty();
        assertThat(before.value("neural_router_backup_interval_seconds", "kind", "data"))
                .isEqualTo(86_400);
        assertThat(before.value("neural_router_backup_interval_seconds", "kind", "keys")).isZero();
        assertThat(
                        after.value(
                                "neural_router_backup_last_success_timestamp_seconds",
                                "kind",
                                "data"))
                .isEqualTo(Instant.parse("2027-03-01T02:00:00Z").getEpochSecond());
        assertThat(after.value("neural_router_backup_last_run_failed")).isZero();
        assertThat(failed.value("neural_router_backup_last_run_failed")).isEqualTo(1);
    }

    @Test
    void makesUpForMissedDaysWithOneBackup() throws Exception {
        askAndWait();
        clock.pass(DAY.multipliedBy(2));
        askAndWait();
        askAndWait();

        assertThat(folders.data().all()).hasSize(2);
    }

    @Test
    void removesWhatIsOlderThanItsRetentionAndRecordsIt() throws Exception {
        for (int day = 0; day < 6; day++) {
            askAndWait();
            clock.pass(DAY);
        }

        assertThat(folders.data().all()).hasSize(4);
        assertThat(folders.keys().all()).hasSize(3);
        assertThat(actions().stream().filter("backup.expired"::equals)).hasSize(2 + 3);
    }

    @Test
    void repeatsAFailedRunLaterAndLaterAndSaysSo() throws Exception {
        // A file stands where the folder should be made.
        Files.writeString(folder.resolve("data"), "in the way");
        askAndWait();
        assertThat(backups.list().runs().getFirst().state()).isEqualTo(BackupRun.State.FAILED);
        assertThat(actions()).contains("backup.failed");

        askAndWait();
        assertThat(backups.list().runs()).as("not before a minute").hasSize(1);
        clock.pass(Duration.ofMinutes(1));
        askAndWait();
        assertThat(backups.list().runs()).hasSize(2);
        clock.pass(Duration.ofMinutes(1));
        askAndWait();
        assertThat(backups.list().runs()).as("then not before two").hasSize(2);

        Files.delete(folder.resolve("data"));
        clock.pass(Duration.ofMinutes(1));
        askAndWait();
        assertThat(backups.list().runs().getFirst().state()).isEqualTo(BackupRun.State.DONE);
    }

    @Test
    void neverMakesTwoAtOnce() throws Exception {
        var by = site.as(Permission.BACKUPS_MANAGE);
        backups.create(by, List.of(BackupKind.DATA, BackupKind.KEYS));

        assertThatThrownBy(() -> backups.create(by, List.of(BackupKind.DATA)))
                .isInstanceOf(AdminRefused.class);
        askAndWait();
        assertThat(folders.data().all()).hasSize(1);
    }

    @Test
    void putsEveryRehearsalIntoTheTrail() {
        var by = site.as(Permission.BACKUPS_MANAGE);

        backups.recordDrill(by, new BackupDrill(true, "a.nrbk", "k.nrbk", 5, 1, 0, "fine"));
        backups.recordDrill(by, new BackupDrill(false, "a.nrbk", "k.nrbk", 5, 0, 0, "a row less"));

        assertThat(actions()).startsWith("backup.drill_failed", "backup.drill_passed");
    }

    @Test
    void makesABackupOfTheKeysAtOnceWhenSomeWereDestroyedAndSaysWhenTheOldOneExpires()
            throws Exception {
        assertThat(backups.renewKeys(site.ids.nextRequest())).as("no backup has them").isEmpty();
        await();
        Instant first = clock.instant();
        clock.pass(Duration.ofHours(1));

        assertThat(backups.renewKeys(site.ids.nextRequest()))
                .contains(first.plus(folders.keepKeys()));
        await();

        assertThat(folders.keys().all()).hasSize(2);
        assertThat(folders.data().all()).isEmpty();
        assertThat(backups.keysAreStale()).isFalse();
    }

    @Test
    void makesItBehindTheRunThatIsUnderWay() throws Exception {
        backups.create(site.as(Permission.BACKUPS_MANAGE), List.of(BackupKind.DATA));

        backups.renewKeys(site.ids.nextRequest());
        await();

        assertThat(folders.keys().all()).hasSize(1);
    }

    @Test
    void triesAgainWhenThatFailed() throws Exception {
        askAndWait();
        // A second one of the same millisecond has no name of its own.
        backups.renewKeys(site.ids.nextRequest());
        await();
        assertThat(backups.list().runs().getFirst().state()).isEqualTo(BackupRun.State.FAILED);

        clock.pass(Duration.ofMinutes(1));
        askAndWait();

        assertThat(folders.keys().all()).hasSize(2);
        assertThat(folders.data().all()).hasSize(1);
    }

    @Test
    void verifiesABackupByItsNameAndNothingElse() throws Exception {
        askAndWait();
        var by = site.as(Permission.BACKUPS_MANAGE);
        String name = folders.data().all().getFirst().getFileName().toString();

        backups.verify(by, name);
        askAndWait();

        assertThat(backups.list().runs().getFirst().backups()).containsExactly(name);
        assertThat(actions()).contains("backup.verified");
        assertThatThrownBy(() -> backups.verify(by, "../site/appliance.yaml"))
                .isInstanceOf(AdminRefused.class);
    }

    private List<String> actions() {
        return site.entries().stream().map(AuditEntry::action).toList();
    }
}
