package com.neuralrouter.server.site;

import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.budget.BudgetCommands;
import com.neuralrouter.server.limit.LimitCommands;
import com.neuralrouter.server.limit.Subject;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.workspace.WorkspaceStore;

import java.util.List;
import java.util.Objects;

/** The rooms that set limits and budgets. Safe for all threads. */
public record AllowanceRooms(LimitCommands limits, BudgetCommands budgets) {

    List<AuditEvent> make(Tx tx, WorkspaceStore workspaces, SiteChange.SetLimits change) {
        AllowanceOwner owner = change.owner();
        return limits.setIn(tx, subject(tx, workspaces, owner), owner.workspace(), change.wanted())
                .events();
    }

    List<AuditEvent> make(Tx tx, WorkspaceStore workspaces, SiteChange.SetBudgets change) {
        AllowanceOwner owner = change.owner();
        return budgets.setIn(tx, subject(tx, workspaces, owner), owner.workspace(), change.wanted())
                .events();
    }

    private static Subject subject(Tx tx, WorkspaceStore workspaces, AllowanceOwner owner) {
        return switch (owner.level()) {
            case SITE -> Subject.SITE;
            case ROUTE -> Subject.route(owner.name());
            case WORKSPACE -> Subject.workspace(workspace(tx, workspaces, owner).id());
            case KEY -> Subject.key(workspace(tx, workspaces, owner).id(), owner.name());
        };
    }

    private static Workspace workspace(Tx tx, WorkspaceStore workspaces, AllowanceOwner owner) {
        String name = Objects.requireNonNull(owner.workspace());
        return workspaces
                .byName(tx, name)
                .orElseThrow(() -> AdminRefused.notFound("workspace", name));
    }
}
