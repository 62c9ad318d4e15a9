package com.neuralrouter.server.cli;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ProposeChange;
import com.neuralrouter.contract.ProposedChange;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.function.Supplier;

/** Whether a change is made or proposed to a second person. Owned by its command. */
final class ProposeOption {
    @Option(
            names = "--propose",
            description = "Propose it to a second person, where the site demands one.")
    private boolean propose;

    @Option(names = "--note", paramLabel = "TEXT", description = "What it is for.")
    private @Nullable String note;

    @Nullable String note() {
        return note;
    }

    boolean wanted() {
        return propose;
    }

    /** Proposes it, and says how it goes on. */
    void propose(AdminClient client, Terminal terminal, ProposedChange change) {
        Approval approval =
                client.post(AdminApi.APPROVALS, new ProposeChange(change, note), Approval.class);
        terminal.print(approval.id().toString());
        approval.differences().forEach(difference -> terminal.print("    " + difference));
        terminal.err()
                .println(
                        "Proposed: %s. It waits for another person than %s until %s."
                                .formatted(
                                        approval.subject(),
                                        approval.proposedBy().person(),
                                        approval.expiresAt()));
    }

    /** Makes a change; says how to go on if that takes a second person. */
    static <T> T make(Supplier<T> change) {
        try {
            return change.get();
        } catch (AdminClient.Refused refused) {
            if (refused.problem().code() == ProblemCode.APPROVAL_REQUIRED) {
                throw new CommandFailed(
                        refused.problem().detail() + " The option --propose proposes it.");
            }
            throw refused;
        }
    }
}
