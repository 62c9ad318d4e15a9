package com.neuralrouter.server.workspace;

import com.neuralrouter.contract.CreateWorkspace;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.Names;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import java.time.Clock;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What is done to workspaces. The methods whose names end with {@code In} are for a transaction
 * that makes several changes, such as the applying of a site's document. Safe for all threads.
 */
public final class WorkspaceCommands {
    private static final int DESCRIPTION = 500;

    private final AdminTransactions transactions;
    private final WorkspaceStore store;
    private final KeyRing keys;
    private final Ids ids;
    private final Clock clock;

    public WorkspaceCommands(
            AdminTransactions transactions,
            WorkspaceStore store,
            KeyRing keys,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
    }

    /** Makes a workspace with a key of its own. Throws {@link AdminRefused}. */
    public Workspace create(Authorised by, CreateWorkspace wanted) {
        by.demand(Permission.WORKSPACES_MANAGE);
        return transactions.run(by, tx -> createIn(tx, wanted));
    }

    public Audited<Workspace> createIn(Tx tx, CreateWorkspace wanted) {
        String name = Names.demandName("name", wanted.name());
        String description = wanted.description() == null ? "" : wanted.description();
        if (store.byName(tx, name).isPresent()) {
            throw AdminRefused.nameTaken("workspace", name);
        }
        var workspace =
                new Workspace(
                        new WorkspaceId(ids.next()),
                        name,
                        Names.demandText("description", description, DESCRIPTION),
                        Workspace.State.ACTIVE,
                        Columns.now(clock),
                        1);
        store.insert(tx, workspace);
        keys.addWorkspace(tx, workspace.id());
        return audited("workspace.created", workspace, Map.of("name", name));
    }

    /**
     * Gives a workspace another description or state.
     *
     * @param expectedVersion the version that the caller has seen; empty if any will do. Another
     *     one is refused with {@code changed_by_other}
     */
    public Audited<Workspace> changeIn(
            Tx tx,
            WorkspaceId id,
            String description,
            Workspace.State state,
            OptionalLong expectedVersion) {
        Workspace before =
                store.find(tx, id).orElseThrow(() -> AdminRefused.notFound("workspace", id));
        if (expectedVersion.isPresent() && expectedVersion.getAsLong() != before.version()) {
            throw AdminRefused.changedByOther("workspace", before.version());
        }
        var after =
                new Workspace(
                        id,
                        before.name(),
                        Names.demandText("description", description, DESCRIPTION),
                        state,
                        before.createdAt(),
                        before.version() + 1);
        store.update(tx, after);
        return audited(action(before, after), after, Map.of("state", state.name()));
    }

    private static String action(Workspace before, Workspace after) {
        if (before.state() == after.state()) {
            return "workspace.changed";
        }
        return switch (after.state()) {
            case ACTIVE -> "workspace.resumed";
            case SUSPENDED -> "workspace.suspended";
        };
    }

    private static Audited<Workspace> audited(
            String action, Workspace workspace, Map<String, String> details) {
        return Audited.of(
                workspace,
                AuditEvent.doneIn(
                        workspace.name(), action, "workspace/" + workspace.id(), details));
    }
}
