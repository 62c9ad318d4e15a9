package com.neuralrouter.desktop.approvals;

import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.DecideApproval;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.PolicyClient;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.Proposals;
import com.neuralrouter.desktop.ui.SiteList;

import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the screen of approvals knows and can do: it reads them every few seconds while it is shown.
 * A decision names the proposal that was looked at by its hash. Window's thread only.
 */
public final class ApprovalsViewModel extends SiteList<Approval> {
    /** The longest that a proposal can be let wait. */
    static final int MOST_HOURS = 720;

    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int LONGEST_NOTE = 1_000;
    private static final Comparator<Approval> ORDER =
            Comparator.comparing((Approval each) -> each.state() != State.PENDING)
                    .thenComparing(Approval::proposedAt, Comparator.reverseOrder());

    private final PolicyClient client;
    private final Tasks tasks;
    private final Ticker ticker;
    private final Notices notices;
    private final Function<Approval, String> subject;
    private final Loader<ApprovalRules> rules;
    private final BooleanProperty decided = new SimpleBooleanProperty();

    /** What a decision is. */
    enum Decision {
        APPROVE,
        REJECT,
        /** By who proposed it. */
        WITHDRAW
    }

    /**
     * Those that wait first, then the newest.
     *
     * @param subject what one is about, as it is shown
     */
    public ApprovalsViewModel(
            AdminClient client,
            Tasks tasks,
            Ticker ticker,
            Notices notices,
            Clock clock,
            Function<Approval, String> subject) {
        this(client.policies(), tasks, ticker, notices, clock, subject);
    }

    private ApprovalsViewModel(
            PolicyClient client,
            Tasks tasks,
            Ticker ticker,
            Notices notices,
            Clock clock,
            Function<Approval, String> subject) {
        super(
                new Loader<>(tasks, clock, "approvals"),
                new Source<>(client::approvals, Approval::id, ORDER));
        this.client = client;
        this.tasks = tasks;
        this.ticker = ticker;
        this.notices = notices;
        this.subject = subject;
        rules = new Loader<>(tasks, clock, "approval rules");
    }

    @Override
    public void start() {
        follow(ticker, PERIOD);
        rules.load(client::approvalRules);
    }

    @Override
    protected @Nullable String[] words(Approval each) {
        return new @Nullable String[] {
            subject.apply(each), each.note(), each.proposedBy().person(), each.proposedBy().device()
        };
    }

    /** Whether those that are decided are shown too. */
    BooleanProperty decided() {
        return decided;
    }

    @Override
    public List<Observable> filters() {
        return List.of(search(), decided);
    }

    @Override
    public List<Approval> rows(List<Approval> all) {
        return all.stream()
                .filter(each -> decided.get() || each.state() == State.PENDING)
                .filter(this::finds)
                .toList();
    }

    /** Which changes need a second person. */
    Loader<ApprovalRules> rules() {
        return rules;
    }

    /** The key of what is wrong with a note; empty if nothing is. */
    static Optional<String> noteProblem(String note) {
        return note.strip().length() > LONGEST_NOTE
                ? Optional.of("approvals.note.wrong")
                : Optional.empty();
    }

    /** The key of what is wrong with a number of hours; empty if nothing is. */
    static Optional<String> hoursProblem(String hours) {
        try {
            int number = Integer.parseInt(hours.strip());
            return number < 1 || number > MOST_HOURS
                    ? Optional.of("approvals.rules.hours.wrong")
                    : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.of("approvals.rules.hours.wrong");
        }
    }

    /** For one form: keep it as long as that is open. */
    Submission submission() {
        return new Submission(tasks, "decide about a change");
    }

    /**
     * Decides. The receiver gets the code, if it was approved to let a device in: no other answer
     * ever has it.
     */
    void decide(
            Submission submission,
            Approval looked,
            Decision decision,
            String note,
            Consumer<Optional<CreatedInvitation>> receiver) {
        var said = new DecideApproval(looked.hash(), note.isBlank() ? null : note.strip());
        switch (decision) {
            case APPROVE ->
                    submission.send(
                            () -> client.approve(looked.id(), said),
                            done ->
                                    finish(
                                            done.approval(),
                                            "approvals.approved",
                                            Optional.ofNullable(done.invitation()),
                                            receiver));
            case REJECT ->
                    send(
                            submission,
                            () -> client.reject(looked.id(), said),
                            "approvals.rejected",
                            receiver);
            case WITHDRAW ->
                    send(
                            submission,
                            () -> client.withdraw(looked.id(), said),
                            "approvals.withdrawn",
                            receiver);
        }
    }

    private void send(
            Submission submission,
            Supplier<Answer<Approval>> call,
            String told,
            Consumer<Optional<CreatedInvitation>> receiver) {
        submission.send(call, done -> finish(done, told, Optional.empty(), receiver));
    }

    private void finish(
            Approval decidedOne,
            String told,
            Optional<CreatedInvitation> code,
            Consumer<Optional<CreatedInvitation>> receiver) {
        put(decidedOne);
        notices.success(told, decidedOne);
        receiver.accept(code);
    }

    /**
     * Says which changes need a second person. Where some do already, this one does too, and can be
     * proposed.
     */
    void setRules(Submission submission, ApprovalRules wanted, Runnable done) {
        new Proposals(client, notices)
                .offer(
                        submission,
                        ProposedChange.of(wanted),
                        waiting -> {
                            put(waiting);
                            done.run();
                        });
        submission.send(
                () -> client.setApprovalRules(wanted),
                set -> {
                    rules.update(_ -> set);
                    notices.success("approvals.rules.set");
                    done.run();
                });
    }
}
