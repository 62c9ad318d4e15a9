package com.neuralrouter.server.site;

import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.DeletedWorkspace;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.WorkspaceDeletion;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.apikey.StoredApiKey;
import com.neuralrouter.server.approval.Approvable;
import com.neuralrouter.server.approval.Consent;
import com.neuralrouter.server.approval.SecondPerson;
import com.neuralrouter.server.approval.WhatDiffers;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.credential.StoredCredential;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.store.Tx;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Deletes a workspace with all that belongs to it, and destroys its keys: what was sealed for it
 * can't be opened any more, in backups of the data either. The audit trail and the records of its
 * requests, which hold no content, stay. Safe for all threads.
 */
public final class WorkspaceRemoval implements Approvable {
    private final AdminTransactions transactions;
    private final SiteStores stores;
    private final SecondPerson second;
    private final KeyRing keys;
    private final KeyBackups backups;

    /** The backups of the keys, in which destroyed keys live on for a while. */
    public interface KeyBackups {
        /**
         * Called when keys were destroyed: makes a backup without them soon.
         *
         * @return when the last backup expires that still has them; empty if none has
         */
        Optional<Instant> renew(RequestId because);
    }

    public WorkspaceRemoval(
            AdminTransactions transactions,
            SiteStores stores,
            SecondPerson second,
            KeyRing keys,
            KeyBackups backups) {
        this.transactions = transactions;
        this.stores = stores;
        this.second = second;
        this.keys = keys;
        this.backups = backups;
    }

    /**
     * Can't be undone.
     *
     * @param name the workspace's name; another one is refused
     */
    public DeletedWorkspace delete(Authorised by, WorkspaceId id, String name) {
        by.demand(Permission.WORKSPACES_DELETE);
        transactions.run(
                by,
                tx -> {
                    Workspace workspace = demand(tx, id, name);
                    return deleteIn(
                            tx,
                            workspace,
                            second.demand(tx, ChangeKind.WORKSPACE_DELETION, subject(workspace)));
                });
        return deleted(by, id);
    }

    private DeletedWorkspace deleted(Authorised by, WorkspaceId id) {
        return new DeletedWorkspace(id, backups.renew(by.requestId()).orElse(null));
    }

    private Workspace demand(Tx tx, WorkspaceId id, String name) {
        Workspace workspace =
                stores.workspaces()
                        .find(tx, id)
                        .orElseThrow(() -> AdminRefused.notFound("workspace", id));
        if (!workspace.name().equals(name)) {
            throw AdminRefused.field(
                    "name", "must be the workspace's name, which is '" + workspace.name() + "'");
        }
        return workspace;
    }

    private static String subject(Workspace workspace) {
        return "the deletion of the workspace " + workspace.name();
    }

    @Override
    public ChangeKind kind() {
        return ChangeKind.WORKSPACE_DELETION;
    }

    @Override
    public Draft draft(Tx tx, ProposedChange change) {
        WorkspaceDeletion wanted = deletion(change);
        Workspace workspace = demand(tx, wanted.workspace(), wanted.name());
        return new Draft(
                subject(workspace),
                "version " + workspace.version(),
                WhatDiffers.said(
                        "deletes the workspace "
                                + workspace.name()
                                + " with its credentials, API keys and policies, and destroys its"
                                + " keys; this can't be undone"));
    }

    @Override
    public CarriedOut carryOut(Tx tx, ProposedChange change, Approved approved) {
        WorkspaceDeletion wanted = deletion(change);
        Workspace workspace = demand(tx, wanted.workspace(), wanted.name());
        Audited<WorkspaceId> done = deleteIn(tx, workspace, approved.consent());
        return new CarriedOut(
                done.events(), null, new DeletedWorkspace(workspace.id(), null), null);
    }

    @Override
    public CarriedOut committed(Authorised by, CarriedOut done) {
        DeletedWorkspace deleted = Objects.requireNonNull(done.deleted());
        return new CarriedOut(done.events(), null, deleted(by, deleted.workspaceId()), null);
    }

    private static WorkspaceDeletion deletion(ProposedChange change) {
        WorkspaceDeletion deletion = change.workspaceDeletion();
        if (deletion == null) {
            throw AdminRefused.field("change.workspaceDeletion", "is missing");
        }
        return deletion;
    }

    private Audited<WorkspaceId> deleteIn(Tx tx, Workspace workspace, Consent consent) {
        WorkspaceId id = workspace.id();
        List<StoredCredential> credentials = stores.credentials().of(tx, id);
        credentials.forEach(each -> stores.credentials().delete(tx, each.id()));
        List<StoredApiKey> apiKeys =
                stores.apiKeys().all(tx).stream()
                        .filter(each -> each.workspaceId().equals(id))
                        .toList();
        for (StoredApiKey key : apiKeys) {
            stores.policies().delete(tx, key.id());
            stores.policyVersions().delete(tx, PolicyTarget.of(key.id()));
            stores.apiKeys().delete(tx, key.id());
        }
        stores.policies().delete(tx, id);
        stores.policyVersions().delete(tx, PolicyTarget.of(id));
        stores.allowances().deleteOf(tx, id);
        stores.routes().withdraw(tx, id);
        int destroyed = keys.destroy(tx, id);
        stores.workspaces().delete(tx, id);
        return Audited.of(
                id,
                AuditEvent.doneIn(
                                workspace.name(),
                                "workspace.deleted",
                                "workspace/" + id,
                                Map.of(
                                        "keysDestroyed", Integer.toString(destroyed),
                                        "credentials", Integer.toString(credentials.size()),
                                        "apiKeys", Integer.toString(apiKeys.size())))
                        .with(consent.details()));
    }
}
