package com.neuralrouter.server.approval;

import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Persons;
import com.neuralrouter.server.admin.AdminCaller;
import com.neuralrouter.server.store.Tx;

import java.time.Clock;
import java.time.Instant;

/** Tells an administrator how many changes wait for his or her decision. Safe for all threads. */
public final class WaitingApprovals {
    private final ApprovalStore store;
    private final Clock clock;

    public WaitingApprovals(ApprovalStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Those that the caller has not proposed, on any device, and has the role to decide about. */
    public int decisions(Tx tx, AdminCaller caller) {
        if (!caller.role().may(Permission.APPROVALS_DECIDE)) {
            return 0;
        }
        Instant now = clock.instant();
        return (int)
                store.undecided(tx).stream()
                        .filter(each -> each.state(now) == State.PENDING)
                        .filter(each -> caller.role().may(each.kind().permission()))
                        .filter(each ->
                                !Persons.same(caller.person(), each.proposed().by().person()))
                        .count();
    }
}
