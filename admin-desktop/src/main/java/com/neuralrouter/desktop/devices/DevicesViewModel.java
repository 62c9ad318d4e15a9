package com.neuralrouter.desktop.devices;

import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.Proposals;
import com.neuralrouter.desktop.ui.SiteList;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;

/** What the screen of administrators' devices knows and can do. Window's thread only. */
public final class DevicesViewModel extends SiteList<Device> {
    /** How long before its end a certificate deserves attention. */
    static final Duration EXPIRES_SOON = Duration.ofDays(30);

    private static final int LONGEST_NAME = 100;
    private static final Comparator<Device> ORDER =
            Comparator.comparing((Device each) -> each.revokedAt() != null)
                    .thenComparing(Device::name, String.CASE_INSENSITIVE_ORDER);

    private final AdminClient client;
    private final Tasks tasks;
    private final Notices notices;
    private final Clock clock;

    /** Those that can connect first, by name. */
    public DevicesViewModel(AdminClient client, Tasks tasks, Notices notices, Clock clock) {
        super(
                new Loader<>(tasks, clock, "devices"),
                new Source<>(client::devices, Device::id, ORDER));
        this.client = client;
        this.tasks = tasks;
        this.notices = notices;
        this.clock = clock;
    }

    @Override
    protected String[] words(Device device) {
        return new String[] {device.name(), device.heldBy(), device.fingerprint()};
    }

    /** Whether it can connect, and for how long still. */
    Standing standing(Device device) {
        var now = Instant.now(clock);
        if (device.revokedAt() != null) {
            return Standing.REVOKED;
        }
        if (!device.certificateExpiresAt().isAfter(now)) {
            return Standing.EXPIRED;
        }
        return device.certificateExpiresAt().isBefore(now.plus(EXPIRES_SOON))
                ? Standing.EXPIRES_SOON
                : Standing.ENROLLED;
    }

    /** The key of what is wrong with a name as it was typed so far; empty if nothing is. */
    public Optional<String> nameProblem(String name) {
        var stripped = name.strip();
        return stripped.isEmpty() || stripped.length() > LONGEST_NAME
                ? Optional.of("devices.invite.name.wrong")
                : Optional.empty();
    }

    /** For one form or confirmation: keep it as long as that is open. */
    public Submission submission() {
        return new Submission(tasks, "change devices");
    }

    /** The key of what is wrong with a person's name as typed so far; empty if nothing is. */
    public Optional<String> personProblem(String person) {
        return person.strip().length() > LONGEST_NAME
                ? Optional.of("devices.invite.person.wrong")
                : Optional.empty();
    }

    /**
     * Asks for a one-time code. The receiver gets the only answer that ever has it. Where inviting
     * takes a second person it can be proposed: then that one gets the code.
     */
    public void invite(
            Submission submission,
            CreateInvitation draft,
            Runnable proposed,
            Consumer<CreatedInvitation> receiver) {
        new Proposals(client.policies(), notices)
                .offer(submission, ProposedChange.of(draft), _ -> proposed.run());
        submission.send(() -> client.invite(draft), receiver);
    }

    /** Revokes it; the list says so as soon as the appliance has acknowledged. */
    public void revoke(Submission submission, Device device, Runnable done) {
        submission.send(
                () -> client.revokeDevice(device.id()),
                revoked -> {
                    put(revoked);
                    notices.success("devices.revoked", revoked.name());
                    done.run();
                });
    }

    /** How a device stands with the site. */
    enum Standing {
        ENROLLED,
        /** It has to be enrolled again within {@link #EXPIRES_SOON}. */
        EXPIRES_SOON,
        EXPIRED,
        REVOKED
    }
}
