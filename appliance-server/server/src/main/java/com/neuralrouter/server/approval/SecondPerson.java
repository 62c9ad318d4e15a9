package com.neuralrouter.server.approval;

import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.store.Tx;

/**
 * Asked by whoever is about to change what a site may guard by a second person. Safe for all
 * threads.
 */
public final class SecondPerson {
    private final ApprovalRulesStore rules;

    public SecondPerson(ApprovalRulesStore rules) {
        this.rules = rules;
    }

    /**
     * Consent to a change that needs no second person. Throws {@link AdminRefused} with {@code
     * approval_required} when the site demands one: then the change is to be proposed.
     *
     * @param subject what would be changed, for the refusal
     */
    public Consent demand(Tx tx, ChangeKind kind, String subject) {
        if (needed(tx, kind)) {
            throw new AdminRefused(
                    ProblemCode.APPROVAL_REQUIRED,
                    "A second person must approve this: "
                            + subject
                            + ". Nothing was changed; propose it, and let somebody else approve"
                            + " it.");
        }
        return Consent.notNeeded();
    }

    /** Whether the site demands a second person for a change of that kind. */
    public boolean needed(Tx tx, ChangeKind kind) {
        return inForce(tx).demand(kind);
    }

    /**
     * Consent to the first rules of something that is made in the same transaction: nothing relies
     * on it yet, and rules only narrow.
     */
    public Consent forWhatIsNew() {
        return Consent.notNeeded();
    }

    ApprovalRules inForce(Tx tx) {
        return rules.inForce(tx);
    }
}
