package com.neuralrouter.desktop.enrol;

import com.neuralrouter.certs.trust.EnrolmentCode;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.desktop.client.Address;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What the first screen knows and can do: connect again, or enrol. Window's thread only. */
public final class EnrolViewModel {
    private static final int ANY_PORT = 443;

    /** What enrolment does, in this order. */
    public enum Step {
        CODE,
        VERIFY,
        CERTIFICATE,
        STORE;

        /** The key of its name; {@code .text} below it explains. */
        public String key() {
            return "enrol.step." + name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far a step is. */
    public enum Progress {
        OPEN,
        ACTIVE,
        DONE,
        FAILED
    }

    private final Enroller enroller;
    private final Consumer<Profile> connect;
    private final Loader<ProfileStore.Found> profiles;
    private final Submission submission;
    private final StringProperty host = new SimpleStringProperty("");
    private final StringProperty code = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Map<Step, Progress>> progress =
            new ReadOnlyObjectWrapper<>(Map.of());

    /** Calls {@code connect} with the profile that was chosen or made. */
    public EnrolViewModel(Enroller enroller, Tasks tasks, Clock clock, Consumer<Profile> connect) {
        this.enroller = enroller;
        this.connect = connect;
        profiles = new Loader<>(tasks, clock, "profiles");
        submission = new Submission(tasks, "enrol");
        code.addListener((_, _, _) -> showProgress());
        submission.busy().addListener((_, _, _) -> showProgress());
        submission.trouble().addListener((_, _, _) -> showProgress());
        showProgress();
    }

    public Loader<ProfileStore.Found> profiles() {
        return profiles;
    }

    public Submission submission() {
        return submission;
    }

    /** The appliance's host name or address as typed. */
    public StringProperty host() {
        return host;
    }

    /** The enrolment code as typed. */
    public StringProperty code() {
        return code;
    }

    /** How far each step is. */
    public ReadOnlyObjectProperty<Map<Step, Progress>> progress() {
        return progress.getReadOnlyProperty();
    }

    /** Reads the profiles of this device. */
    public void refresh() {
        profiles.load(enroller::profiles);
    }

    /** The key of what is wrong with the code as typed; empty if nothing is. */
    public Optional<String> codeProblem() {
        return switch (EnrolmentCode.read(code.get())) {
            case EnrolmentCode.Readable _ -> Optional.empty();
            case EnrolmentCode.Unreadable(EnrolmentCode.Reason reason, String _) ->
                    Optional.of("enrol.code." + reason.name().toLowerCase(Locale.ROOT));
        };
    }

    /** The key of what is wrong with the host as typed; empty if nothing is. */
    public Optional<String> hostProblem() {
        return address().isPresent() ? Optional.empty() : Optional.of("enrol.host.wrong");
    }

    /** Enrols with what was typed, and connects. */
    public void enrol() {
        if (!(EnrolmentCode.read(code.get()) instanceof EnrolmentCode.Readable(var readable))) {
            return;
        }
        address()
                .ifPresent(address ->
                        submission.send(
                                () -> enroller.enrol(address.host(), readable),
                                profile -> {
                                    code.set("");
                                    connect.accept(profile);
                                }));
    }

    /** Connects with a profile that was kept. */
    public void connect(Profile profile) {
        connect.accept(profile);
    }

    /** Deletes a profile with its key. */
    public void forget(Profile profile) {
        profiles.load(() -> enroller.forget(profile));
    }

    /** A port that was typed is left aside: the one of the enrolment listener is in the code. */
    private Optional<Address> address() {
        return Address.read(host.get(), ANY_PORT);
    }

    private void showProgress() {
        var steps = new EnumMap<Step, Progress>(Step.class);
        for (Step step : Step.values()) {
            steps.put(step, Progress.OPEN);
        }
        boolean readable = codeProblem().isEmpty();
        steps.put(Step.CODE, readable ? Progress.DONE : Progress.ACTIVE);
        if (submission.busy().get()) {
            steps.put(Step.VERIFY, Progress.ACTIVE);
        }
        submission.trouble().get().ifPresent(trouble -> mark(steps, trouble));
        progress.set(steps);
    }

    private static void mark(Map<Step, Progress> steps, Trouble trouble) {
        switch (trouble) {
            case Trouble.ByAppliance(Problem _) -> {
                steps.put(Step.VERIFY, Progress.DONE);
                steps.put(Step.CERTIFICATE, Progress.FAILED);
            }
            case Trouble.Defect _ -> {
                steps.put(Step.VERIFY, Progress.DONE);
                steps.put(Step.CERTIFICATE, Progress.DONE);
                steps.put(Step.STORE, Progress.FAILED);
            }
            case Trouble.Unreachable _,
                    Trouble.TimedOut _,
                    Trouble.CertificateRefused _,
                    Trouble.ServerNotTrusted _,
                    Trouble.ServerNameMismatch _,
                    Trouble.NotUnderstood _ ->
                    steps.put(Step.VERIFY, Progress.FAILED);
            case Trouble.Cancelled _, Trouble.ChangesStopped _ -> {}
        }
    }
}
