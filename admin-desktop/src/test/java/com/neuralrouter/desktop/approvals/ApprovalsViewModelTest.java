package com.neuralrouter.desktop.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.ApprovalId;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.approvals.ApprovalsViewModel.Decision;
import com.neuralrouter.desktop.i18n.ApprovalText;
import com.neuralrouter.desktop.i18n.Messages;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.ManualTicker;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.ui.Notices;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

class ApprovalsViewModelTest {
    private static final int POLICY = 71;
    private static final int INVITATION = 72;

    private final FakeAdminClient site = Samples.site();
    private final Notices notices = new Notices(Samples.CLOCK);
    private final List<Optional<CreatedInvitation>> codes = new ArrayList<>();
    private final ApprovalsViewModel model =
            new ApprovalsViewModel(
                    site,
                    Direct.tasks(),
                    new ManualTicker(),
                    notices,
                    Samples.CLOCK,
                    each -> ApprovalText.subject(each, new Messages(Locale.GERMAN)));

    @BeforeEach
    void show() {
        model.start();
    }

    @Test
    void showsWhatWaitsAndTheDecidedOnesOnRequest() {
        assertThat(model.rows(known())).hasSize(2);

        model.decided().set(true);

        assertThat(model.rows(known())).hasSize(3);
        assertThat(model.rows(known()).getLast().state()).isEqualTo(State.REJECTED);
    }

    @Test
    void findsOneByWhatIsShownOfIt() {
        model.search().set("richtlinie des standorts");

        assertThat(model.rows(known())).extracting(Approval::id).containsExactly(one(POLICY).id());
    }

    @Test
    void approvesExactlyWhatWasLookedAt() {
        var looked = one(POLICY);

        model.decide(model.submission(), looked, Decision.APPROVE, " fine ", codes::add);

        assertThat(codes).containsExactly(Optional.empty());
        var approved = one(POLICY);
        assertThat(approved.state()).isEqualTo(State.APPROVED);
        assertThat(approved.decisionNote()).isEqualTo("fine");
    }

    @Test
    void handsOverTheCodeOfAnApprovedInvitation() {
        model.decide(model.submission(), one(INVITATION), Decision.APPROVE, "", codes::add);

        assertThat(codes.getFirst()).map(CreatedInvitation::code).contains(Samples.ENROLMENT_CODE);
    }

    @Test
    void rejectsAndTakesBack() {
        model.decide(model.submission(), one(POLICY), Decision.REJECT, "no", codes::add);
        model.decide(model.submission(), one(INVITATION), Decision.WITHDRAW, "", codes::add);

        assertThat(one(POLICY).state()).isEqualTo(State.REJECTED);
        assertThat(one(INVITATION).state()).isEqualTo(State.WITHDRAWN);
    }

    @Test
    void saysWhyItMayNotDecide() {
        var submission = model.submission();
        site.refuseNext(FakeAdminClient.problem(ProblemCode.APPROVAL_REFUSED, "Your own."));

        model.decide(submission, one(POLICY), Decision.APPROVE, "", codes::add);

        assertThat(codes).isEmpty();
        assertThat(submission.trouble().get()).isPresent();
        assertThat(one(POLICY).state()).isEqualTo(State.PENDING);
    }

    @Test
    void saysWhichChangesNeedASecondPerson() {
        var done = new AtomicInteger();

        model.setRules(
                model.submission(),
                new ApprovalRules(List.of(ChangeKind.PROVIDER), 24),
                done::incrementAndGet);

        assertThat(done).hasValue(1);
        assertThat(model.rules().known().orElseThrow().demand(ChangeKind.INVITATION)).isTrue();
    }

    @Test
    void judgesWhatIsTyped() {
        assertThat(ApprovalsViewModel.hoursProblem("0")).isPresent();
        assertThat(ApprovalsViewModel.hoursProblem("721")).isPresent();
        assertThat(ApprovalsViewModel.hoursProblem("a day")).isPresent();
        assertThat(ApprovalsViewModel.hoursProblem(" 24 ")).isEmpty();
        assertThat(ApprovalsViewModel.noteProblem("x".repeat(1_001))).isPresent();
    }

    private List<Approval> known() {
        return model.loader().known().orElseThrow();
    }

    private Approval one(int number) {
        return known().stream()
                .filter(each -> each.id().equals(Samples.id(ApprovalId::of, number)))
                .findFirst()
                .orElseThrow();
    }
}
