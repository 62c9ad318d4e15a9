package com.neuralrouter.desktop.devices;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.devices.DevicesViewModel.Standing;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.ui.Notices;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class DevicesViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final Notices notices = new Notices(Samples.CLOCK);
    private final DevicesViewModel model =
            new DevicesViewModel(site, Direct.tasks(), notices, Samples.CLOCK);

    @BeforeEach
    void show() {
        model.refresh();
    }

    @Test
    void listsRevokedDevicesLast() {
        assertThat(known())
                .extracting(Device::name)
                .containsExactly("Ana Ruiz", "Internal audit", "Jonas Keller", "Old laptop JK");
    }

    @Test
    void warnsOfACertificateThatExpiresSoon() {
        assertThat(known())
                .extracting(model::standing)
                .containsExactly(
                        Standing.ENROLLED,
                        Standing.EXPIRES_SOON,
                        Standing.ENROLLED,
                        Standing.REVOKED);
    }

    @Test
    void givesTheCodeOfAnInvitationOnce() {
        var received = new ArrayList<CreatedInvitation>();

        model.invite(
                model.submission(),
                new CreateInvitation("Mei Chen, laptop", Role.ADMIN, "Mei Chen"),
                () -> {},
                received::add);

        assertThat(received)
                .singleElement()
                .satisfies(invitation -> {
                    assertThat(invitation.name()).isEqualTo("Mei Chen, laptop");
                    assertThat(invitation.role()).isEqualTo(Role.ADMIN);
                    assertThat(invitation.code()).isEqualTo(Samples.ENROLMENT_CODE);
                });
    }

    @Test
    void proposesAnInvitationThatASecondPersonMustApprove() {
        var submission = model.submission();
        var proposed = new AtomicInteger();
        var draft = new CreateInvitation("Mei Chen, laptop", Role.OWNER, "Mei Chen");
        site.refuseNext(FakeAdminClient.problem(ProblemCode.APPROVAL_REQUIRED, "Propose it."));

        model.invite(submission, draft, proposed::incrementAndGet, _ -> {});
        submission.propose("");

        assertThat(site.policies.proposed.change()).isEqualTo(ProposedChange.of(draft));
        assertThat(site.policies.proposed.note()).isNull();
        assertThat(proposed).hasValue(1);
    }

    @Test
    void showsARevokedDeviceAsRevokedAtOnce() {
        var done = new AtomicInteger();

        model.revoke(model.submission(), known().getFirst(), done::incrementAndGet);

        assertThat(done).hasValue(1);
        assertThat(known())
                .filteredOn(device -> model.standing(device) == Standing.REVOKED)
                .extracting(Device::name)
                .containsExactly("Ana Ruiz", "Old laptop JK");
        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactly("devices.revoked");
    }

    @Test
    void keepsADeviceWhenRevokingIsRefused() {
        var submission = model.submission();
        var refusal = FakeAdminClient.problem(ProblemCode.IN_USE, "The last owner stays.");
        site.refuseNext(refusal);

        model.revoke(submission, known().getFirst(), () -> {});

        assertThat(submission.trouble().get()).contains(refusal);
        assertThat(model.standing(known().getFirst())).isEqualTo(Standing.ENROLLED);
    }

    @Test
    void saysWhileTypingWhatANameMayBe() {
        assertThat(model.nameProblem("Mei Chen")).isEmpty();
        assertThat(model.nameProblem(" ")).isPresent();
        assertThat(model.nameProblem("m".repeat(101))).isPresent();
        assertThat(model.personProblem("")).isEmpty();
        assertThat(model.personProblem("m".repeat(101))).isPresent();
    }

    private List<Device> known() {
        return model.loader().known().orElseThrow();
    }
}
