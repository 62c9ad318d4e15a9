package com.neuralrouter.server.vault;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.VaultUnusable;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.workspace.WorkspaceStore;

import java.util.Map;

/**
 * What is done to the site's keys. A rotation counts from the moment it is answered: what is sealed
 * from then on is sealed under the new key; what was sealed before follows in the background. Safe
 * for all threads.
 */
public final class VaultCommands {
    private final AdminTransactions transactions;
    private final Vault vault;
    private final KeyRing keys;
    private final WorkspaceStore workspaces;
    private final Runnable wake;

    /**
     * @param wake tells the worker that there is something to do
     */
    public VaultCommands(
            AdminTransactions transactions,
            Vault vault,
            KeyRing keys,
            WorkspaceStore workspaces,
            Runnable wake) {
        this.transactions = transactions;
        this.vault = vault;
        this.keys = keys;
        this.workspaces = workspaces;
        this.wake = wake;
    }

    /** Gives the site another root key; returns its version. */
    public int rotateRoot(Authorised by) {
        by.demand(Permission.KEYS_MANAGE);
        int version = transactions.run(by, this::rotateRootIn);
        wake.run();
        return version;
    }

    /** The vault's file comes first: a root key that nobody noted is noted at the next step. */
    private Audited<Integer> rotateRootIn(Tx tx) {
        if (vault.record().rootKeys().size() > 1) {
            throw new AdminRefused(
                    ProblemCode.IN_USE,
                    "The root key is being rotated already; wait until nothing is pending.");
        }
        if (vault.record().incoming().isPresent()) {
            throw new AdminRefused(
                    ProblemCode.IN_USE,
                    "A change of the seal was begun and not ended; end it with 'neural-router seal"
                            + " change' first.");
        }
        int version = rotated();
        keys.recordRoot(tx);
        return Audited.of(
                version, AuditEvent.done("root_key.rotated", "root_key/" + version, Map.of()));
    }

    private int rotated() {
        try {
            return vault.rotateRoot();
        } catch (VaultUnusable unusable) {
            throw new AdminRefused(
                    ProblemCode.STORE_UNAVAILABLE, String.valueOf(unusable.getMessage()));
        }
    }

    /** Gives a workspace another key; returns its version. */
    public int rotateWorkspace(Authorised by, WorkspaceId id) {
        by.demand(Permission.KEYS_MANAGE);
        int version = transactions.run(by, tx -> rotateWorkspaceIn(tx, id));
        wake.run();
        return version;
    }

    private Audited<Integer> rotateWorkspaceIn(Tx tx, WorkspaceId id) {
        Workspace workspace =
                workspaces.find(tx, id).orElseThrow(() -> AdminRefused.notFound("workspace", id));
        int version = keys.rotate(tx, id);
        return Audited.of(
                version,
                AuditEvent.doneIn(
                        workspace.name(),
                        "workspace_key.rotated",
                        "workspace/" + id,
                        Map.of("version", Integer.toString(version))));
    }
}
