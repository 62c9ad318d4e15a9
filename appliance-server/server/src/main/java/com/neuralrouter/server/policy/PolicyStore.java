package com.neuralrouter.server.policy;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The tables {@code site_policy}, {@code workspace_policy} and {@code key_policy}: what is in
 * force. A policy lies there in its canonical form ({@link PolicyText}). No state; safe for all
 * threads.
 */
public final class PolicyStore {
    /** The site's own; empty if it has no rules. */
    public Optional<PolicyDocument> site(Tx tx) {
        return tx.handle()
                .createQuery("SELECT document FROM site_policy WHERE id = 1")
                .map((row, _) -> PolicyText.read(row.getString("document")))
                .findOne();
    }

    public Optional<PolicyDocument> of(Tx tx, WorkspaceId workspace) {
        return tx.handle()
                .createQuery(
                        "SELECT document FROM workspace_policy WHERE workspace_id = :workspace")
                .bind("workspace", workspace.value())
                .map((row, _) -> PolicyText.read(row.getString("document")))
                .findOne();
    }

    /** Those of all workspaces that have one: for the snapshot. */
    public Map<WorkspaceId, PolicyDocument> all(Tx tx) {
        var found = new HashMap<WorkspaceId, PolicyDocument>();
        tx.handle()
                .createQuery("SELECT workspace_id, document FROM workspace_policy")
                .map((row, _) ->
                        Map.entry(
                                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                                PolicyText.read(row.getString("document"))))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    public Optional<PolicyDocument> of(Tx tx, ApiKeyId key) {
        return tx.handle()
                .createQuery("SELECT document FROM key_policy WHERE api_key_id = :key")
                .bind("key", key.value())
                .map((row, _) -> PolicyText.read(row.getString("document")))
                .findOne();
    }

    /** Those of all API keys that have one, by their workspaces: for the snapshot. */
    public Map<WorkspaceId, Map<ApiKeyId, PolicyDocument>> ofKeys(Tx tx) {
        var found = new HashMap<WorkspaceId, Map<ApiKeyId, PolicyDocument>>();
        tx.handle()
                .createQuery("SELECT workspace_id, api_key_id, document FROM key_policy")
                .map((row, _) ->
                        found.computeIfAbsent(
                                        new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                                        _ -> new HashMap<>())
                                .put(
                                        new ApiKeyId(row.getObject("api_key_id", UUID.class)),
                                        PolicyText.read(row.getString("document"))))
                .list();
        return found;
    }

    void put(Tx tx, PolicyDocument policy, Instant at) {
        delete(tx);
        tx.handle()
                .execute(
                        "INSERT INTO site_policy (id, document, changed_at) VALUES (1, ?, ?)",
                        PolicyText.write(policy),
                        Columns.time(at));
    }

    void put(Tx tx, WorkspaceId workspace, PolicyDocument policy, Instant at) {
        delete(tx, workspace);
        tx.handle()
                .execute(
                        """
                        INSERT INTO workspace_policy (workspace_id, document, changed_at)
                        VALUES (?, ?, ?)
                        """,
                        workspace.value(),
                        PolicyText.write(policy),
                        Columns.time(at));
    }

    void put(Tx tx, ApiKeyId key, WorkspaceId workspace, PolicyDocument policy, Instant at) {
        delete(tx, key);
        tx.handle()
                .execute(
                        """
                        INSERT INTO key_policy (api_key_id, workspace_id, document, changed_at)
                        VALUES (?, ?, ?, ?)
                        """,
                        key.value(),
                        workspace.value(),
                        PolicyText.write(policy),
                        Columns.time(at));
    }

    /** For its own commands and for the deletion of its key's workspace. */
    public void delete(Tx tx, ApiKeyId key) {
        tx.touched("key_policy", key.value());
        tx.handle().execute("DELETE FROM key_policy WHERE api_key_id = ?", key.value());
    }

    void delete(Tx tx) {
        tx.touched("site_policy", 1);
        tx.handle().execute("DELETE FROM site_policy WHERE id = 1");
    }

    /** For its own commands and for the deletion of its workspace. */
    public void delete(Tx tx, WorkspaceId workspace) {
        tx.touched("workspace_policy", workspace.value());
        tx.handle()
                .execute("DELETE FROM workspace_policy WHERE workspace_id = ?", workspace.value());
    }
}
