package com.neuralrouter.desktop.ui;

import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.ProposeChange;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.desktop.client.PolicyClient;
import com.neuralrouter.desktop.task.Submission;

import java.util.function.Consumer;

/** Proposes to a second person what one may not change alone. Window's thread only. */
public final class Proposals {
    private final PolicyClient client;
    private final Notices notices;

    public Proposals(PolicyClient client, Notices notices) {
        this.client = client;
        this.notices = notices;
    }

    /**
     * Lets a change that is about to be sent be proposed, should the site demand a second person.
     *
     * @param proposed gets what waits then
     */
    public void offer(Submission submission, ProposedChange change, Consumer<Approval> proposed) {
        submission.orPropose(
                note ->
                        client.propose(
                                new ProposeChange(change, note.isBlank() ? null : note.strip())),
                approval -> {
                    notices.success("ui.proposed", approval);
                    proposed.accept(approval);
                });
    }
}
