package com.neuralrouter.server.credential;

import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.CredentialId;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.Names;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.ProviderStore;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.secret.SealedSecret;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.SecretPlace;
import com.neuralrouter.server.secret.UnopenableSecret;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.workspace.WorkspaceStore;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is done to provider credentials: they are set, replaced and removed, and never read back.
 * The methods whose names end with {@code In} are for a transaction that makes several changes.
 * Safe for all threads.
 */
public final class CredentialCommands {
    private static final int LABEL = 100;
    private static final int SECRET = 8192;

    /** From this length on, four characters tell the owner which one it is and nobody much else. */
    private static final int LONG_ENOUGH_TO_SHOW_FOUR = 12;

    private final AdminTransactions transactions;
    private final CredentialStore store;
    private final WorkspaceStore workspaces;
    private final ProviderStore providers;
    private final KeyRing keys;
    private final Ids ids;
    private final Clock clock;

    public CredentialCommands(
            AdminTransactions transactions,
            CredentialStore store,
            WorkspaceStore workspaces,
            ProviderStore providers,
            KeyRing keys,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.workspaces = workspaces;
        this.providers = providers;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
    }

    /** Sets a workspace's credential for a provider, in place of the one before. */
    public Credential put(Authorised by, WorkspaceId workspace, PutCredential wanted) {
        by.demand(Permission.CREDENTIALS_MANAGE);
        return transactions.run(by, tx -> putIn(tx, workspace, wanted));
    }

    public Audited<Credential> putIn(Tx tx, WorkspaceId workspaceId, PutCredential wanted) {
        Workspace workspace = demandWorkspace(tx, workspaceId);
        Endpoint provider = demandProvider(tx, wanted.providerId());
        String label =
                Names.demandText("label", wanted.label() == null ? "" : wanted.label(), LABEL);
        Optional<StoredCredential> before = store.find(tx, workspaceId, provider.id());
        CredentialId id =
                before.map(StoredCredential::id).orElseGet(() -> new CredentialId(ids.next()));
        Instant now = Columns.now(clock);
        var credential =
                new StoredCredential(
                        id,
                        workspaceId,
                        provider.id(),
                        label,
                        seal(tx, StoredCredential.place(id, workspaceId), wanted.secret()),
                        lastFour(wanted.secret()),
                        before.map(StoredCredential::createdAt).orElse(now),
                        now);
        if (before.isPresent()) {
            store.update(tx, credential);
        } else {
            store.insert(tx, credential);
        }
        String action = before.isPresent() ? "credential.replaced" : "credential.created";
        return Audited.of(
                credential.wire(provider.name()),
                event(action, workspace, provider.name(), credential));
    }

    /** Removes a credential; the provider is then asked without one, or not at all. */
    public void delete(Authorised by, CredentialId id) {
        by.demand(Permission.CREDENTIALS_MANAGE);
        transactions.run(by, tx -> deleteIn(tx, id));
    }

    public Audited<CredentialId> deleteIn(Tx tx, CredentialId id) {
        StoredCredential before =
                store.find(tx, id).orElseThrow(() -> AdminRefused.notFound("credential", id));
        Workspace workspace = demandWorkspace(tx, before.workspaceId());
        Endpoint provider = demandProvider(tx, before.providerId());
        store.delete(tx, id);
        return Audited.of(id, event("credential.removed", workspace, provider.name(), before));
    }

    /** Gives a credential another label; its secret stays. */
    public Audited<Credential> relabelIn(Tx tx, CredentialId id, String label) {
        StoredCredential before =
                store.find(tx, id).orElseThrow(() -> AdminRefused.notFound("credential", id));
        Workspace workspace = demandWorkspace(tx, before.workspaceId());
        Endpoint provider = demandProvider(tx, before.providerId());
        var credential =
                new StoredCredential(
                        id,
                        before.workspaceId(),
                        before.providerId(),
                        Names.demandText("label", label, LABEL),
                        before.sealed(),
                        before.lastFour(),
                        before.createdAt(),
                        Columns.now(clock));
        store.update(tx, credential);
        return Audited.of(
                credential.wire(provider.name()),
                event("credential.relabelled", workspace, provider.name(), credential));
    }

    /**
     * Whether that is the secret there is: by it the applying of a site's document knows that there
     * is nothing to do. One that can't be opened is another one.
     */
    public boolean sameSecret(Tx tx, WorkspaceId workspace, ProviderId provider, String secret) {
        Optional<StoredCredential> stored = store.find(tx, workspace, provider);
        if (stored.isEmpty()) {
            return false;
        }
        try (SecretBytes wanted = bytes(secret);
                SecretBytes there =
                        keys.open(
                                tx, stored.get().place(), SealedSecret.of(stored.get().sealed()))) {
            return there.equals(wanted);
        } catch (UnopenableSecret _) {
            return false;
        }
    }

    private byte[] seal(Tx tx, SecretPlace place, String secret) {
        boolean usable =
                !secret.isEmpty()
                        && secret.length() <= SECRET
                        && secret.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!usable) {
            throw AdminRefused.field(
                    "secret",
                    "must be 1 to " + SECRET + " visible ASCII characters without blanks");
        }
        try (SecretBytes plain = bytes(secret)) {
            return keys.seal(tx, place, plain).column();
        }
    }

    private static SecretBytes bytes(String secret) {
        return SecretBytes.owning(secret.getBytes(StandardCharsets.US_ASCII));
    }

    private static String lastFour(String secret) {
        return secret.length() < LONG_ENOUGH_TO_SHOW_FOUR
                ? ""
                : secret.substring(secret.length() - 4);
    }

    private Workspace demandWorkspace(Tx tx, WorkspaceId id) {
        return workspaces.find(tx, id).orElseThrow(() -> AdminRefused.notFound("workspace", id));
    }

    private Endpoint demandProvider(Tx tx, ProviderId id) {
        return providers
                .find(tx, id)
                .orElseThrow(() -> AdminRefused.notFound("provider", id))
                .endpoint();
    }

    private static AuditEvent event(
            String action, Workspace workspace, String provider, StoredCredential credential) {
        return AuditEvent.doneIn(
                workspace.name(),
                action,
                "credential/" + credential.id(),
                Map.of(
                        "provider", provider,
                        "label", credential.label(),
                        "lastFour", credential.lastFour()));
    }
}
