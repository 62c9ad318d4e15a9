package com.neuralrouter.desktop.policies;

import com.neuralrouter.contract.ActivatePolicy;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.PolicyTrial;
import com.neuralrouter.contract.PolicyTrial.TestResult;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ProposeChange;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.PolicyChange;
import com.neuralrouter.contract.SetPolicy;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.TryPolicy;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.PolicyClient;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.policies.PolicyText.Read;
import com.neuralrouter.desktop.task.Load;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.Notices;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * One change of a policy, from its writing over its trial to its being in force, or proposed. It is
 * not sent before exactly these rules were tried and all tests passed. Window's thread only.
 */
final class PolicyEdit {
    /** How far back a trial looks. */
    static final int DAYS = 30;

    private static final int LONGEST_NOTE = 1_000;

    private final Parts parts;
    private final Draft draft;
    private final Loader<ApprovalRules> rules;
    private final Runnable changed;
    private final Loader<PolicyTrial> trial;
    private final Submission submission;
    private final StringProperty text = new SimpleStringProperty("");
    private final ObjectProperty<Optional<String>> tried =
            new SimpleObjectProperty<>(Optional.empty());

    /** The text that the trial under way is about. */
    private String asked = "";

    /** What a change is made with. */
    record Parts(PolicyClient client, Tasks tasks, Clock clock, Notices notices) {}

    /**
     * What it begins from.
     *
     * @param base the version that is changed, 0 if there is none
     * @param restores the version that it goes back to, 0 if it is new
     */
    record Draft(Whose whose, long base, PolicyDocument policy, long restores) {}

    PolicyEdit(Parts parts, Draft draft, Loader<ApprovalRules> rules, Runnable changed) {
        this.parts = parts;
        this.draft = draft;
        this.rules = rules;
        this.changed = changed;
        trial = new Loader<>(parts.tasks(), parts.clock(), "policy trial");
        submission = new Submission(parts.tasks(), "change a policy");
        submission
                .trouble()
                .addListener((_, _, trouble) ->
                        trouble.filter(PolicyEdit::wantsSecondPerson)
                                .ifPresent(_ -> rules.load(parts.client()::approvalRules)));
        trial.state()
                .addListener((_, _, state) -> {
                    if (state instanceof Load.Loaded<PolicyTrial>(PolicyTrial came, Instant _)
                            && passed(came)) {
                        tried.set(Optional.of(asked));
                    }
                });
        text.set(PolicyText.write(draft.policy()));
    }

    Draft draft() {
        return draft;
    }

    /** Whether the rules are an older version's, so that they are not to be changed here. */
    boolean restores() {
        return draft.restores() > 0;
    }

    /** The rules as they are written. */
    StringProperty text() {
        return text;
    }

    /** What is wrong with the text, if anything is. */
    Optional<Read.Wrong> problem() {
        return PolicyText.read(text.get()) instanceof Read.Wrong wrong
                ? Optional.of(wrong)
                : Optional.empty();
    }

    /** Adds an example of that rule, to be changed. */
    void add(String rule) {
        text.set(PolicyText.with(text.get(), rule));
    }

    /** What came of the last trial. */
    Loader<PolicyTrial> trial() {
        return trial;
    }

    Submission submission() {
        return submission;
    }

    /** Finds out what these rules would do; nothing is changed by that. */
    void tryOut() {
        if (PolicyText.read(text.get()) instanceof Read.Policy(PolicyDocument policy)) {
            var wanted =
                    new TryPolicy(
                            draft.whose().workspaceName().orElse(null),
                            policy,
                            DAYS,
                            draft.whose().target().apiKey());
            tried.set(Optional.empty());
            asked = text.get();
            trial.loadAfresh(() -> parts.client().tryPolicy(wanted));
        }
    }

    /** Whether it can be sent as it is. */
    BooleanBinding isReady() {
        return Bindings.createBooleanBinding(
                () -> problem().isEmpty() && tried.get().equals(Optional.of(text.get())),
                text,
                tried);
    }

    /** Whether it goes to a second person, as far as is known. */
    BooleanBinding isProposed() {
        return Bindings.createBooleanBinding(
                () -> rules.known().map(each -> each.demand(ChangeKind.POLICY)).orElse(false),
                rules.state());
    }

    /** The key of what is wrong with a note; empty if nothing is. */
    static Optional<String> noteProblem(String note) {
        return note.strip().length() > LONGEST_NOTE
                ? Optional.of("policies.edit.note.wrong")
                : Optional.empty();
    }

    /** Puts it in force, or proposes it where that takes a second person. */
    void send(String note, Runnable done) {
        if (!(PolicyText.read(text.get()) instanceof Read.Policy(PolicyDocument policy))) {
            return;
        }
        var said = note.isBlank() ? null : note.strip();
        if (isProposed().get()) {
            submission.send(
                    () -> propose(policy, said),
                    _ -> finish(done, () -> parts.notices().success("policies.proposed")));
        } else {
            submission.send(
                    () -> putInForce(policy, said),
                    version ->
                            finish(
                                    done,
                                    () ->
                                            parts.notices()
                                                    .success(
                                                            "policies.in_force",
                                                            version.number())));
        }
    }

    /** Gives up what is under way. */
    void cancel() {
        trial.cancel();
        submission.reset();
    }

    private void finish(Runnable done, Runnable tell) {
        tell.run();
        changed.run();
        done.run();
    }

    private Answer<Approval> propose(PolicyDocument policy, @Nullable String note) {
        var change =
                restores()
                        ? new PolicyChange(draft.whose().target(), null, draft.restores())
                        : new PolicyChange(draft.whose().target(), policy, null);
        return parts.client().propose(new ProposeChange(ProposedChange.of(change), note));
    }

    private Answer<PolicyVersion> putInForce(PolicyDocument policy, @Nullable String note) {
        var target = draft.whose().target();
        return restores()
                ? parts.client().activatePolicy(new ActivatePolicy(target, draft.restores(), note))
                : parts.client().setPolicy(new SetPolicy(target, policy, note, draft.base()));
    }

    static boolean passed(PolicyTrial trial) {
        return trial.tests().stream().allMatch(TestResult::passed);
    }

    private static boolean wantsSecondPerson(Trouble trouble) {
        return trouble instanceof Trouble.ByAppliance refusal
                && refusal.problem().code() == ProblemCode.APPROVAL_REQUIRED;
    }
}
