package com.neuralrouter.desktop.holds;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.EraseFromTrail;
import com.neuralrouter.contract.ErasedFromTrail;
import com.neuralrouter.contract.LegalHold;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.ui.Notices;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class HoldsViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final Notices notices = new Notices(Samples.CLOCK);
    private final AtomicInteger done = new AtomicInteger();
    private final HoldsViewModel model =
            new HoldsViewModel(site, Direct.tasks(), notices, Samples.CLOCK);

    @BeforeEach
    void show() {
        model.start();
    }

    @Test
    void placesAHoldOnWholeDaysBothIncluded() {
        var draft = new HoldDraft(" case 8 ", " ", "", "2026-11-01", "2026-11-30");

        model.place(model.submission(), draft, done::incrementAndGet);

        var placed = known().getFirst();
        assertThat(done).hasValue(1);
        assertThat(placed.name()).isEqualTo("case 8");
        assertThat(placed.workspace()).isNull();
        assertThat(placed.actor()).isNull();
        assertThat(placed.since()).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(placed.until()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
    }

    @Test
    void liftsAHoldAndListsItBelowThoseInForce() {
        model.lift(model.submission(), known().getFirst(), done::incrementAndGet);

        assertThat(done).hasValue(1);
        assertThat(known()).noneMatch(HoldsViewModel::isInForce);
        assertThat(site.calls).contains("liftLegalHold");
    }

    @Test
    void erasesExactlyWhatWasTyped() {
        model.erase(model.submission(), " Ada's laptop ", done::incrementAndGet);

        assertThat(done).hasValue(1);
        assertThat(site.governance.erasure).isEqualTo(new EraseFromTrail("Ada's laptop"));
        assertThat(told()).containsExactly("holds.erased");
    }

    @Test
    void saysInHowManyEntriesAHoldKeepsIt() {
        site.governance.erased = new ErasedFromTrail(2, 3);

        model.erase(model.submission(), "10.0.0.7", done::incrementAndGet);

        assertThat(told()).containsExactly("holds.erased.held");
        assertThat(notices.all().getFirst().values()).containsExactly(2L, 3L);
    }

    @Test
    void keepsTheFormOpenWhenItStandsNowhere() {
        site.governance.erased = new ErasedFromTrail(0, 0);

        model.erase(model.submission(), "Adda", done::incrementAndGet);

        assertThat(done).hasValue(0);
        assertThat(told()).containsExactly("holds.erased.none");
    }

    @Test
    void tellsNobodyWhatWasErased() {
        model.erase(model.submission(), "Ada's laptop", done::incrementAndGet);

        assertThat(notices.all().toString()).doesNotContain("Ada");
    }

    @Test
    void changesNothingWhenThatIsRefused() {
        var submission = model.submission();
        site.refuseNext(FakeAdminClient.problem(ProblemCode.PERMISSION_MISSING, "Ask an owner."));

        model.lift(submission, known().getFirst(), done::incrementAndGet);

        assertThat(submission.trouble().get()).isPresent();
        assertThat(done).hasValue(0);
        assertThat(known()).anyMatch(HoldsViewModel::isInForce);
    }

    @Test
    void judgesWhatIsTyped() {
        assertThat(HoldDraft.nameProblem(" ")).isPresent();
        assertThat(HoldDraft.nameProblem("case 7")).isEmpty();
        assertThat(HoldDraft.dayProblem("")).isEmpty();
        assertThat(HoldDraft.dayProblem("2026-11-31")).isPresent();
        assertThat(HoldDraft.dayProblem("23.11.2026")).isPresent();
        assertThat(HoldDraft.dayProblem(" 2026-11-23 ")).isEmpty();
        assertThat(model.textProblem(" ")).isPresent();
        assertThat(model.textProblem("x".repeat(201))).isPresent();
        assertThat(model.textProblem("Ada")).isEmpty();
    }

    @Test
    void findsByWhatItIsOn() {
        model.search().set("CLAIMS");

        assertThat(model.rows(known()))
                .extracting(LegalHold::name)
                .containsExactly("Case 2026-117");
    }

    private List<LegalHold> known() {
        return model.loader().known().orElseThrow();
    }

    private List<String> told() {
        return notices.all().stream().map(Notices.Notice::key).toList();
    }
}
