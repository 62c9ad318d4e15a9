package com.neuralrouter.desktop.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.LogProof;
import com.neuralrouter.desktop.audit.AuditForm.Range;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.AuditSearch.Term;
import com.neuralrouter.desktop.client.ChangeGate;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.ManualTicker;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TestLog;
import com.neuralrouter.desktop.task.Load;
import com.neuralrouter.desktop.witness.EntryProof;
import com.neuralrouter.desktop.witness.Witness;
import com.neuralrouter.desktop.witness.WitnessModel;

import javafx.collections.FXCollections;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class AuditViewModelTest {
    @TempDir private Path folder;
    private final FakeAdminClient site = Samples.site();
    private final TestLog log = TestLog.ofOneKey("log.bank.example").grow(3);
    private final ManualTicker ticker = new ManualTicker();
    private final SavedViews views = new SavedViews(FXCollections.observableArrayList());
    private @Nullable AuditViewModel made;

    @BeforeEach
    void open() {
        site.audit.forEach(log::add);
        var witness = new Witness(log, new ChangeGate(), folder.resolve("witness"), Samples.CLOCK);
        made =
                new AuditViewModel(
                        site,
                        Direct.tasks(),
                        ticker,
                        Samples.CLOCK,
                        new WitnessModel(witness, Direct.tasks(), ticker, Samples.CLOCK),
                        views);
    }

    @Test
    void showsTheNewestEntryFirst() {
        model().refresh();

        assertThat(sequences()).containsExactly(1280L, 1279L, 1278L, 1277L, 1276L);
        assertThat(known().older()).isEmpty();
    }

    @Test
    void readsOlderEntriesPageByPageWithoutAGapOrARepeat() {
        olderEntries(250);
        model().refresh();
        assertThat(sequences()).hasSize(AuditViewModel.PAGE).startsWith(1280L);

        model().older();
        model().older();

        assertThat(sequences()).hasSize(255).startsWith(1280L).endsWith(1026L);
        assertThat(sequences()).doesNotHaveDuplicates();
        assertThat(known().older()).isEmpty();
    }

    @Test
    void keepsWhatWasReadWhenOlderEntriesCannotBe() {
        olderEntries(250);
        model().refresh();
        site.failWith(new Trouble.Unreachable("hq:9443", "connection refused"));

        model().older();

        assertThat(model().loader().state().get()).isInstanceOf(Load.Stale.class);
        assertThat(sequences()).hasSize(AuditViewModel.PAGE);
    }

    @Test
    void searchesByEachTerm() {
        var actor = site.audit.getFirst().actor().id();
        assertThat(found(Term.ACTION, "device.revoked")).containsExactly(1279L);
        assertThat(found(Term.ACTION, "workspace.")).containsExactly(1277L);
        assertThat(found(Term.TARGET, "api_key/")).containsExactly(1278L);
        assertThat(found(Term.ACTOR, actor)).containsExactly(1276L);
        assertThat(found(Term.WORKSPACE, "research")).containsExactly(1277L);
        assertThat(found(Term.OUTCOME, "REFUSED")).containsExactly(1279L);
        assertThat(found(Term.TEXT, "KELLER")).containsExactly(1279L);
        assertThat(model().isNarrowed()).isTrue();
    }

    @Test
    void searchesByTime() {
        model().form().range().set(Range.HOUR);
        model().search();
        assertThat(sequences()).containsExactly(1280L);

        model().form().range().set(Range.BETWEEN);
        model().form().term(Term.SINCE).set("2026-11-23 10:00");
        model().form().term(Term.UNTIL).set("2026-11-23 11:30");
        model().search();
        assertThat(sequences()).containsExactly(1278L, 1277L);

        model().form().term(Term.SINCE).set("2026-11-24");
        model().form().term(Term.UNTIL).set("");
        model().search();
        assertThat(sequences()).isEmpty();
    }

    @Test
    void goesOnAskingWhilePagesAreShort() {
        olderEntries(60);
        site.auditLook = 7;

        assertThat(found(Term.ACTION, "appliance.started")).hasSize(61);
        assertThat(known().older()).isEmpty();
    }

    @Test
    void letsTheUserGoOnAfterALongSearch() {
        olderEntries(60);
        site.auditLook = 1;

        assertThat(found(Term.ACTION, "appliance.started")).hasSize(16);
        assertThat(known().older()).isPresent();
        model().older();
        assertThat(sequences()).hasSize(36).doesNotHaveDuplicates();
    }

    @Test
    void followsWhatIsNewOnlyWhileItIsSwitchedOn() {
        model().start();
        site.audit.add(entry(1281));
        ticker.tick();
        assertThat(sequences()).startsWith(1280L);

        model().live().set(true);
        assertThat(sequences()).startsWith(1281L);
        site.audit.add(entry(1282));
        site.audit.add(entry(1283));
        ticker.tick();

        assertThat(sequences()).startsWith(1283L, 1282L, 1281L, 1280L);
        assertThat(model().news().get()).isEqualTo(2);
        model().live().set(false);
        site.audit.add(entry(1284));
        ticker.tick();
        assertThat(sequences()).startsWith(1283L);
        model().stop();
        assertThat(ticker.active()).isZero();
    }

    @Test
    void leavesNoGapWhenMoreCameThanAPageHolds() {
        model().live().set(true);
        model().start();
        for (int i = 1; i <= 130; i++) {
            site.audit.add(entry(1280 + i));
        }
        ticker.tick();
        model().older();

        assertThat(sequences()).hasSize(135).startsWith(1410L).endsWith(1276L);
        assertThat(sequences()).doesNotHaveDuplicates();
    }

    @Test
    void keepsSearchesByName() {
        model().form().term(Term.ACTION).set("device.");
        model().form().range().set(Range.WEEK);
        views.keep(" Devices ", model().form());
        model().form().clear();
        assertThat(model().form().term(Term.ACTION).get()).isEmpty();

        views.fill(views.all().getFirst(), model().form());

        assertThat(model().form().term(Term.ACTION).get()).isEqualTo("device.");
        assertThat(model().form().range().get()).isEqualTo(Range.WEEK);
        views.keep("Devices", model().form());
        assertThat(views.all()).hasSize(1);
        views.remove("Devices");
        assertThat(views.all()).isEmpty();
    }

    @Test
    void provesAnEntryByThePinnedKeysAndSavesTheProof() throws Exception {
        var proof = (EntryProof.Proven) proved(newest());

        assertThat(proof.index()).isEqualTo(log.size() - 1);
        assertThat(proof.tree()).isEqualTo(log.tree());
        var file = folder.resolve("entry.tlog-proof");
        var told = new ArrayList<String>();
        model().save(proof.file(), file, () -> told.add("saved"), _ -> told.add("failed"));
        assertThat(Files.readString(file)).startsWith("c2sp.org/tlog-proof@v1\n");
        model().save(proof.file(), folder, () -> told.add("saved"), _ -> told.add("failed"));
        assertThat(told).containsExactly("saved", "failed");
    }

    @Test
    void provesNothingForAnEntryThatIsNotTheOneInTheLog() {
        var entry = newest();
        var forged =
                new AuditEntry(
                        entry.sequence(),
                        entry.at(),
                        entry.actor(),
                        "credential.read",
                        entry.target(),
                        entry.workspace(),
                        entry.outcome(),
                        entry.requestId(),
                        entry.details());

        assertThat(proved(forged)).isInstanceOf(EntryProof.Differs.class);
        assertThat(proved(entry(4000))).isInstanceOf(EntryProof.Unavailable.class);
    }

    @Test
    void provesNothingByAForgedProof() {
        log.entryProofs = shown -> new LogProof(shown.index(), shown.leaf() + " ", shown.proof());
        assertThat(proved(newest())).isEqualTo(new EntryProof.Wrong());
        log.entryProofs = shown -> new LogProof(shown.index() - 1, shown.leaf(), shown.proof());
        assertThat(proved(newest())).isEqualTo(new EntryProof.Wrong());
        log.entryProofs = shown -> new LogProof(shown.index(), shown.leaf(), "nothing");
        assertThat(proved(newest())).isEqualTo(new EntryProof.Wrong());
    }

    @Test
    void raisesAnAlarmWhenAnEntryIsProvedByAnotherHistory() {
        proved(newest());
        var fork = log.forkedAt(2, 2);
        site.audit.forEach(fork::add);
        var other = (Answer.Ok<LogProof>) fork.proof(newest().sequence());
        log.entryProofs = _ -> other.value();

        assertThat(proved(newest())).isEqualTo(new EntryProof.Alarmed());
        assertThat(model().witness().standing().get()).isTrue();
    }

    private List<Long> found(Term term, String wanted) {
        model().form().clear();
        model().form().term(term).set(wanted);
        model().search();
        return sequences();
    }

    private EntryProof proved(AuditEntry entry) {
        var proofs = new ArrayList<EntryProof>();
        model().prove(entry, proofs::add);
        return proofs.getFirst();
    }

    private AuditEntry newest() {
        return site.audit.getLast();
    }

    private AuditViewModel model() {
        return Objects.requireNonNull(made);
    }

    private void olderEntries(int count) {
        for (int i = 1; i <= count; i++) {
            site.audit.add(entry(1276 - i));
        }
    }

    private static AuditEntry entry(long number) {
        return new AuditEntry(
                number,
                Samples.NOW.minus(Duration.ofHours(6)),
                new AuditEntry.Actor("system", "appliance-2", "appliance", null),
                "appliance.started",
                "appliance",
                null,
                AuditEntry.Outcome.DONE,
                "0199c5a2-7b1e-7000-8000-0000000beef0",
                Map.of());
    }

    private Trail known() {
        return model().loader().known().orElseThrow();
    }

    private List<Long> sequences() {
        return known().entries().stream().map(AuditEntry::sequence).toList();
    }
}
