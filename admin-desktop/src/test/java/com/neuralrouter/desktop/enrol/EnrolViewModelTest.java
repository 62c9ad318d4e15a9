package com.neuralrouter.desktop.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.certs.trust.EnrolmentCode;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.enrol.EnrolViewModel.Progress;
import com.neuralrouter.desktop.enrol.EnrolViewModel.Step;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.FakeEnroller;
import com.neuralrouter.desktop.support.Samples;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class EnrolViewModelTest {
    private static final String CODE =
            new EnrolmentCode(9444, new byte[EnrolmentCode.TOKEN_BYTES], new byte[16]).text();

    private final FakeEnroller enroller = new FakeEnroller();
    private final List<Profile> connected = new ArrayList<>();
    private final EnrolViewModel model =
            new EnrolViewModel(enroller, Direct.tasks(), Samples.CLOCK, connected::add);

    @Test
    void connectsWithTheNewProfileAndForgetsTheCode() {
        model.host().set(" hq.bank.example ");
        model.code().set(CODE);

        model.enrol();

        assertThat(connected)
                .extracting(profile -> profile.admin().host())
                .isEqualTo(List.of("hq.bank.example"));
        assertThat(model.code().get()).isEmpty();
    }

    @Test
    void tellsAMistypedCodeBeforeAnythingIsSent() {
        model.host().set("hq");
        model.code().set(CODE.substring(0, CODE.length() - 1) + (CODE.endsWith("0") ? "1" : "0"));

        model.enrol();

        assertThat(model.codeProblem()).contains("enrol.code.mistyped");
        assertThat(connected).isEmpty();
    }

    @Test
    void tellsWhatIsMissingOfACode() {
        model.code().set("NR1-ABCDE");
        assertThat(model.codeProblem()).contains("enrol.code.wrong_length");
        model.code().set("hello");
        assertThat(model.codeProblem()).contains("enrol.code.not_a_code");
        model.code().set("NR2" + CODE.substring(3));
        assertThat(model.codeProblem()).contains("enrol.code.other_version");
    }

    @Test
    void marksTheStepThatFailed() {
        model.host().set("hq");
        model.code().set(CODE);

        enroller.refuse(new Trouble.ServerNotTrusted("hq:9444", "not pinned"));
        model.enrol();
        assertThat(model.progress().get())
                .containsEntry(Step.CODE, Progress.DONE)
                .containsEntry(Step.VERIFY, Progress.FAILED)
                .containsEntry(Step.CERTIFICATE, Progress.OPEN);

        enroller.refuse(FakeAdminClient.problem(ProblemCode.INVITATION_REFUSED, "used"));
        model.enrol();
        assertThat(model.progress().get())
                .containsEntry(Step.VERIFY, Progress.DONE)
                .containsEntry(Step.CERTIFICATE, Progress.FAILED);
        assertThat(connected).isEmpty();
    }

    @Test
    void keepsTheCodeWhenEnrolmentFails() {
        model.host().set("hq");
        model.code().set(CODE);
        enroller.refuse(new Trouble.Unreachable("hq:9444", "refused"));

        model.enrol();

        assertThat(model.code().get()).isEqualTo(CODE);
        assertThat(model.submission().trouble().get()).isPresent();
    }

    @Test
    void forgetsAProfile() {
        model.refresh();
        var profile = model.profiles().known().orElseThrow().profiles().getFirst();

        model.forget(profile);

        assertThat(model.profiles().known().orElseThrow().profiles()).isEmpty();
    }
}
