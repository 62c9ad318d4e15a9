package com.neuralrouter.desktop.holds;

import com.neuralrouter.contract.EraseFromTrail;
import com.neuralrouter.contract.ErasedFromTrail;
import com.neuralrouter.contract.LegalHold;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.GovernanceClient;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.SiteList;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;

/** What the screen of legal holds and erasure knows and can do. Window's thread only. */
public final class HoldsViewModel extends SiteList<LegalHold> {
    private static final int LONGEST_TEXT = 200;
    private static final Comparator<LegalHold> ORDER =
            Comparator.comparing((LegalHold each) -> !isInForce(each))
                    .thenComparing(LegalHold::placedAt, Comparator.reverseOrder());

    private final GovernanceClient client;
    private final Tasks tasks;
    private final Notices notices;

    /** Those in force first, then the newest. */
    public HoldsViewModel(AdminClient client, Tasks tasks, Notices notices, Clock clock) {
        this(client.governance(), tasks, notices, clock);
    }

    private HoldsViewModel(GovernanceClient client, Tasks tasks, Notices notices, Clock clock) {
        super(
                new Loader<>(tasks, clock, "legal holds"),
                new Source<>(client::legalHolds, LegalHold::id, ORDER));
        this.client = client;
        this.tasks = tasks;
        this.notices = notices;
    }

    @Override
    protected @Nullable String[] words(LegalHold hold) {
        return new @Nullable String[] {hold.name(), hold.workspace(), hold.actor()};
    }

    /** Whether nothing that it is on may go. */
    static boolean isInForce(LegalHold hold) {
        return hold.liftedAt() == null;
    }

    /** For one form or confirmation: keep it as long as that is open. */
    public Submission submission() {
        return new Submission(tasks, "change what is kept of the trail");
    }

    /** Places one; it is in the list as soon as the appliance has acknowledged. */
    void place(Submission submission, HoldDraft draft, Runnable done) {
        var wanted = draft.wanted();
        submission.send(
                () -> client.placeLegalHold(wanted),
                placed -> {
                    put(placed);
                    notices.success("holds.placed", placed.name());
                    done.run();
                });
    }

    /** Lifts it for good. */
    void lift(Submission submission, LegalHold hold, Runnable done) {
        submission.send(
                () -> client.liftLegalHold(hold.id()),
                lifted -> {
                    put(lifted);
                    notices.success("holds.lifted", lifted.name());
                    done.run();
                });
    }

    /** The key of what is wrong with a text to erase; empty if nothing is. */
    public Optional<String> textProblem(String text) {
        return text.isBlank() || text.strip().length() > LONGEST_TEXT
                ? Optional.of("holds.erase.text.wrong")
                : Optional.empty();
    }

    /**
     * Erases a text from the readable entries. What it was is told to nobody afterwards, only in
     * how many entries it stood; when it stood in none, the form stays open.
     */
    void erase(Submission submission, String text, Runnable done) {
        var wanted = new EraseFromTrail(text.strip());
        submission.send(
                () -> client.eraseFromTrail(wanted),
                erased -> {
                    tell(erased);
                    if (erased.erased() + erased.held() > 0) {
                        done.run();
                    }
                });
    }

    private void tell(ErasedFromTrail erased) {
        if (erased.held() > 0) {
            notices.warning("holds.erased.held", erased.erased(), erased.held());
        } else if (erased.erased() > 0) {
            notices.success("holds.erased", erased.erased());
        } else {
            notices.warning("holds.erased.none");
        }
    }
}
