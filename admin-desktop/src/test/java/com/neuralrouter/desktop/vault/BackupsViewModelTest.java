package com.neuralrouter.desktop.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Backup;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.ManualTicker;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.VaultSamples;
import com.neuralrouter.desktop.ui.Notices;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class BackupsViewModelTest {
    private final FakeAdminClient site = Samples.provenSite();
    private final Notices notices = new Notices(Samples.CLOCK);
    private final ManualTicker ticker = new ManualTicker();
    private final BackupsViewModel model =
            new BackupsViewModel(site, Direct.tasks(), notices, ticker, Samples.CLOCK);

    @BeforeEach
    void show() {
        model.start();
    }

    @Test
    void tellsFromTheTrailWhenABackupWasVerifiedAndARestoreRehearsed() {
        assertThat(model.rows(stock()))
                .filteredOn(kept -> kept.verifiedAt().isPresent())
                .singleElement()
                .satisfies(
                        kept -> assertThat(kept.verifiedAt()).contains(ago(Duration.ofHours(26))));
        assertThat(stock().history().drill())
                .contains(new History.Drill(true, ago(Duration.ofHours(40))));
        assertThat(warnings()).isEmpty();
    }

    @Test
    void watchesABackupToItsEndAndTellsIt() {
        var ready = model.isReady();
        assertThat(ready.get()).isTrue();

        model.backUp();
        assertThat(ready.get()).isFalse();
        assertThat(stock().running()).isPresent();

        var fresh = VaultSamples.backup(Backup.Kind.DATA, 0);
        site.endRun(BackupRun.State.RUNNING, null, fresh.name());
        ticker.tick();
        assertThat(stock().running().orElseThrow().backups()).containsExactly(fresh.name());

        site.backups.addFirst(fresh);
        site.endRun(BackupRun.State.DONE, null, fresh.name());
        ticker.tick();

        assertThat(ready.get()).isTrue();
        assertThat(stock().newest(Backup.Kind.DATA)).contains(fresh);
        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactly("vault.run.created");
    }

    @Test
    void knowsABackupAsVerifiedOnceItsRunHasEnded() {
        var backup = site.backups.getFirst();
        model.verify(backup);
        site.endRun(BackupRun.State.DONE, null, backup.name());

        ticker.tick();

        assertThat(stock().verifiedAt(backup)).contains(Samples.NOW);
        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactly("vault.run.verified");
    }

    @Test
    void warnsOfABackupThatFailedUntilOneSucceeds() {
        model.backUp();
        site.endRun(BackupRun.State.FAILED, "The disk is full.");
        ticker.tick();

        assertThat(warnings()).containsExactly("vault.warning.failed");
        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactly("vault.run.failed");

        model.backUp();
        site.endRun(BackupRun.State.DONE, null);
        ticker.tick();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void saysWhyWorkWasNotBegun() {
        site.refuseNext(FakeAdminClient.problem(ProblemCode.IN_USE, "Work is under way."));

        model.backUp();

        assertThat(model.isReady().get()).isTrue();
        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactly("vault.run.refused");
    }

    @Test
    void warnsOfMissingAndOfOldBackups() {
        site.backups.removeIf(each -> each.kind() == Backup.Kind.KEYS);
        site.backups.removeIf(each -> each.createdAt().isAfter(ago(Duration.ofHours(48))));
        model.refresh();

        assertThat(stock().warnings(Samples.NOW))
                .extracting(Warning::key, Warning::values)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("vault.warning.old.data", List.of(2L)),
                        org.assertj.core.groups.Tuple.tuple("vault.warning.none.keys", List.of()));
    }

    @Test
    void warnsUntilARestoreWasRehearsedAndWhenThatIsLongAgoOrFailed() {
        rehearsed();
        assertThat(warnings()).containsExactly("vault.warning.drill.none");

        rehearsed("backup.drill_passed");
        assertThat(warnings()).isEmpty();

        rehearsed("backup.drill_passed", "backup.drill_failed");
        assertThat(warnings()).containsExactly("vault.warning.drill.failed");

        site.audit.clear();
        site.audit.add(Samples.told(1, "backup.drill_passed", "data", 91 * 24));
        model.refresh();
        assertThat(warnings()).containsExactly("vault.warning.drill.old");
    }

    @Test
    void doesNotClaimThatSomethingNeverWasWhenItReadOnlyTheNewestOfTheTrail() {
        site.audit.clear();
        for (int i = 1; i <= History.ENTRIES + 1; i++) {
            site.audit.add(Samples.told(i, "backup.created", "data", 1));
        }
        model.refresh();

        assertThat(stock().history().whole()).isFalse();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void readsTheTrailOnlyWhenAskedTo() {
        site.calls.clear();
        ticker.tick();
        assertThat(site.calls).containsExactly("backups");

        model.refresh();
        assertThat(site.calls).containsExactly("backups", "backups", "audit");
    }

    private void rehearsed(String... actions) {
        site.audit.clear();
        for (int i = 0; i < actions.length; i++) {
            site.audit.add(Samples.told(i + 1L, actions[i], "data", 2));
        }
        model.refresh();
    }

    private List<String> warnings() {
        return model.warnings(stock()).stream().map(Warning::key).toList();
    }

    private Stock stock() {
        return model.loader().known().orElseThrow();
    }

    private static Instant ago(Duration duration) {
        return Samples.NOW.minus(duration);
    }
}
