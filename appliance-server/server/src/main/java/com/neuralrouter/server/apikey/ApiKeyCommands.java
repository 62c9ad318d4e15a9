package com.neuralrouter.server.apikey;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.CreatedApiKey;
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
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.workspace.WorkspaceStore;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is done to API keys: they are made, shown once, expire and are revoked for good. The methods
 * whose names end with {@code In} are for a transaction that makes several changes. Safe for all
 * threads.
 */
public final class ApiKeyCommands {
    private final AdminTransactions transactions;
    private final ApiKeyStore store;
    private final WorkspaceStore workspaces;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;

    public ApiKeyCommands(
            AdminTransactions transactions,
            ApiKeyStore store,
            WorkspaceStore workspaces,
            Ids ids,
            SecureRandom random,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.workspaces = workspaces;
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    /** Makes a key; the answer is the only place where its text ever is. */
    public CreatedApiKey create(Authorised by, WorkspaceId workspace, CreateApiKey wanted) {
        by.demand(Permission.API_KEYS_MANAGE);
        return transactions.run(by, tx -> createIn(tx, workspace, wanted));
    }

    public Audited<CreatedApiKey> createIn(Tx tx, WorkspaceId workspaceId, CreateApiKey wanted) {
        Workspace workspace =
                workspaces
                        .find(tx, workspaceId)
                        .orElseThrow(() -> AdminRefused.notFound("workspace", workspaceId));
        String name = Names.demandLabel("name", wanted.name(), 100);
        Instant now = Columns.now(clock);
        Instant expiresAt = wanted.expiresAt() == null ? null : toCome(wanted.expiresAt(), now);
        if (store.active(tx, workspaceId, now).stream().anyMatch(key -> key.name().equals(name))) {
            throw AdminRefused.nameTaken("active API key", name);
        }
        ApiKeyFormat.GeneratedKey generated = ApiKeyFormat.generate(random);
        var key =
                new StoredApiKey(
                        new ApiKeyId(ids.next()),
                        workspaceId,
                        name,
                        generated.kid(),
                        generated.reference(),
                        generated.lastFour(),
                        now,
                        expiresAt,
                        null);
        store.insert(tx, key);
        return Audited.of(
                new CreatedApiKey(key.wire(now, null), generated.text()),
                event("api_key.created", workspace, key, Map.of()));
    }

    /**
     * From the moment this returns, requests with the key are refused. Twice is as good as once.
     */
    public ApiKey revoke(Authorised by, ApiKeyId id) {
        by.demand(Permission.API_KEYS_MANAGE);
        return transactions.run(by, tx -> revokeIn(tx, id));
    }

    public Audited<ApiKey> revokeIn(Tx tx, ApiKeyId id) {
        StoredApiKey before = demand(tx, id);
        Workspace workspace = workspaces.find(tx, before.workspaceId()).orElseThrow();
        Instant now = Columns.now(clock);
        store.revoke(tx, id, now);
        Map<String, String> more = before.revokedAt() == null ? Map.of() : Map.of("again", "true");
        return Audited.of(
                demand(tx, id).wire(now, null), event("api_key.revoked", workspace, before, more));
    }

    /** Lets a key expire at another time, sooner or later than it would have. */
    public Audited<ApiKey> expireIn(Tx tx, ApiKeyId id, Instant expiresAt) {
        StoredApiKey before = demand(tx, id);
        Workspace workspace = workspaces.find(tx, before.workspaceId()).orElseThrow();
        Instant now = Columns.now(clock);
        store.expire(tx, id, toCome(expiresAt, now));
        StoredApiKey after = demand(tx, id);
        return Audited.of(
                after.wire(now, null),
                event(
                        "api_key.changed",
                        workspace,
                        after,
                        Map.of(
                                "expiresAt",
                                String.valueOf(after.expiresAt()),
                                "before",
                                before.expiresAt() == null
                                        ? "never"
                                        : before.expiresAt().toString())));
    }

    /** As the store keeps it. */
    private static Instant toCome(Instant expiresAt, Instant now) {
        if (!expiresAt.isAfter(now)) {
            throw AdminRefused.field("expiresAt", "must be in the future");
        }
        return expiresAt.truncatedTo(ChronoUnit.MICROS);
    }

    private StoredApiKey demand(Tx tx, ApiKeyId id) {
        return store.find(tx, id).orElseThrow(() -> AdminRefused.notFound("API key", id));
    }

    private static AuditEvent event(
            String action, Workspace workspace, StoredApiKey key, Map<String, String> more) {
        var details = new TreeMap<>(more);
        details.put("name", key.name());
        details.put("prefix", ApiKeyFormat.prefix(key.kid()));
        return AuditEvent.doneIn(workspace.name(), action, "api_key/" + key.id(), details);
    }
}
