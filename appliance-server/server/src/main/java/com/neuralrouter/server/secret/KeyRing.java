package com.neuralrouter.server.secret;

import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.secret.VaultRecord.RootEntry;
import com.neuralrouter.server.store.Tx;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Seals and opens secrets, each under its workspace's own key. A workspace's keys lie in the store,
 * in versions, wrapped under the root key, and are in memory in the clear only while one secret is
 * sealed or opened. What is sealed goes under the newest version. Safe for all threads.
 */
public final class KeyRing {
    private static final String WRAP = "wrap-workspace-key";
    private static final int FIRST = 1;

    private final Vault vault;
    private final KeyRingStore store;
    private final SecureRandom random;
    private final Clock clock;

    public KeyRing(Vault vault, KeyRingStore store, SecureRandom random, Clock clock) {
        this.vault = vault;
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    /** Binds a new site to its vault. */
    public void found(Tx tx) {
        recordRoot(tx);
    }

    /** Notes the newest root key in the store's list of root keys, if it isn't there. */
    public void recordRoot(Tx tx) {
        if (!knowsNewestRoot(tx)) {
            RootEntry newest = vault.record().rootKey();
            store.insertRoot(tx, newest.version(), check(newest), newest.createdAt());
        }
    }

    /** Whether the store's list of root keys has the newest one. */
    public boolean knowsNewestRoot(Tx tx) {
        return store.rootChecks(tx).containsKey(vault.record().rootKey().version());
    }

    /**
     * Throws {@link VaultUnusable} unless the store belongs to this vault: another site's vault
     * must not look like damaged data.
     */
    public void verify(Tx tx) {
        Map<Integer, byte[]> known = store.rootChecks(tx);
        boolean ours =
                vault.record().rootKeys().stream()
                        .anyMatch(root -> Arrays.equals(known.get(root.version()), check(root)));
        if (!ours) {
            throw new VaultUnusable(
                    known.isEmpty()
                            ? "The store has no root key's check value; it is not a whole site."
                            : "The vault is another site's; put this site's own keys/vault.json"
                                    + " back.");
        }
    }

    private static byte[] check(RootEntry root) {
        return HexFormat.of().parseHex(root.check());
    }

    /** Gives a new workspace its first key. */
    public void addWorkspace(Tx tx, WorkspaceId workspace) {
        addVersion(tx, workspace, FIRST);
    }

    /**
     * Gives a workspace another key, under which all that is new is sealed. What was sealed before
     * stays readable until {@link #destroyBefore}.
     *
     * @return the new version
     */
    public int rotate(Tx tx, WorkspaceId workspace) {
        int version = newest(tx, workspace).version() + 1;
        addVersion(tx, workspace, version);
        return version;
    }

    private void addVersion(Tx tx, WorkspaceId workspace, int version) {
        try (AesKey key = AesKey.random(random)) {
            store.insert(
                    tx,
                    workspace,
                    wrapped(workspace, version, key, key.checkValue()),
                    clock.instant());
        }
    }

    private StoredKey wrapped(WorkspaceId workspace, int version, AesKey key, byte[] check) {
        int root = vault.record().rootKey().version();
        byte[] bytes = key.copy();
        try {
            SealedSecret sealed = vault.seal(WRAP, root, bytes, place(workspace, version, root));
            return new StoredKey(version, root, sealed.column(), check);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The version under which the workspace's secrets are sealed now. */
    public int newestVersion(Tx tx, WorkspaceId workspace) {
        return newest(tx, workspace).version();
    }

    /**
     * Unwraps every workspace key that is there, as a restored site has to prove. Throws {@link
     * UnopenableSecret} at the first that does not open or is not what its check value says.
     */
    public void proveAll(Tx tx) {
        for (WorkspaceKeyVersion each : store.versions(tx)) {
            StoredKey stored = store.version(tx, each.workspace(), each.version()).orElseThrow();
            unwrap(each.workspace(), stored).close();
        }
    }

    /** Every version of every workspace's key that is still there, without the keys. */
    public List<WorkspaceKeyVersion> versions(Tx tx) {
        return store.versions(tx);
    }

    /**
     * Destroys the versions of a workspace's key below that one. Only to be called when nothing is
     * sealed under them any more.
     *
     * @return how many there were
     */
    public int destroyBefore(Tx tx, WorkspaceId workspace, int version) {
        store.bury(tx, workspace, version, clock.instant());
        return store.deleteBefore(tx, workspace, version);
    }

    /**
     * Destroys all of a workspace's keys: what was sealed under them can't be opened any more, nor
     * what lies in backups.
     *
     * @return how many there were
     */
    public int destroy(Tx tx, WorkspaceId workspace) {
        return destroyBefore(tx, workspace, Integer.MAX_VALUE);
    }

    /** How many workspace keys are wrapped under a root key below that version. */
    public long countWrappedBefore(Tx tx, int rootVersion) {
        return store.countWrappedBefore(tx, rootVersion);
    }

    /**
     * Wraps up to that many workspace keys, which are wrapped under older root keys, under the
     * newest.
     *
     * @return how many it were; fewer than {@code limit} means that none is left
     */
    public int rewrap(Tx tx, int limit) {
        int root = vault.record().rootKey().version();
        List<KeyRingStore.Wrapped> old = store.wrappedBefore(tx, root, limit);
        for (KeyRingStore.Wrapped each : old) {
            try (AesKey key = unwrap(each.workspace(), each.key())) {
                store.rewrap(
                        tx,
                        each.workspace(),
                        wrapped(
                                each.workspace(),
                                each.key().version(),
                                key,
                                each.key().checkValue()));
            }
        }
        return old.size();
    }

    /** Seals under the workspace's newest key. The caller goes on owning {@code secret}. */
    public SealedSecret seal(Tx tx, SecretPlace place, SecretBytes secret) {
        StoredKey stored = newest(tx, place.workspace());
        byte[] plain = secret.copy();
        try (AesKey key = unwrap(place.workspace(), stored)) {
            return key.seal(
                    place.purpose(),
                    stored.version(),
                    plain,
                    place.associated(stored.version()),
                    random);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * Opens what was sealed for exactly that place; the caller owns the result. Throws {@link
     * UnopenableSecret}.
     */
    public SecretBytes open(Tx tx, SecretPlace place, SealedSecret sealed) {
        StoredKey stored =
                store.version(tx, place.workspace(), sealed.keyVersion())
                        .orElseThrow(() -> missing(tx, place.workspace(), sealed.keyVersion()));
        try (AesKey key = unwrap(place.workspace(), stored)) {
            return SecretBytes.owning(
                    key.open(place.purpose(), sealed, place.associated(sealed.keyVersion())));
        }
    }

    private StoredKey newest(Tx tx, WorkspaceId workspace) {
        return store.newest(tx, workspace).orElseThrow(() -> missing(tx, workspace, FIRST));
    }

    private UnopenableSecret missing(Tx tx, WorkspaceId workspace, int version) {
        return store.isDestroyed(tx, workspace, version)
                ? UnopenableSecret.keyDestroyed()
                : new UnopenableSecret("its workspace's key is not there");
    }

    private AesKey unwrap(WorkspaceId workspace, StoredKey stored) {
        AesKey key =
                AesKey.owning(
                        vault.open(
                                WRAP,
                                SealedSecret.of(stored.sealed()),
                                place(workspace, stored.version(), stored.rootVersion())));
        if (!key.hasCheckValue(stored.checkValue())) {
            key.close();
            throw new UnopenableSecret("its workspace's key does not match its check value");
        }
        return key;
    }

    private static byte[] place(WorkspaceId workspace, int version, int root) {
        return AssociatedData.of(
                workspace.toString(),
                "workspace_key",
                "sealed",
                workspace.toString(),
                WRAP,
                Integer.toString(version),
                Integer.toString(root));
    }
}
