package com.neuralrouter.server.secret;

import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.store.Tx;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;

/**
 * Seals and opens secrets, each under its workspace's own key. A workspace's key lies in the store,
 * sealed under the root key, and is in memory in the clear only while one secret is sealed or
 * opened. Safe for all threads.
 */
public final class KeyRing {
    private static final String WRAP = "wrap-workspace-key";
    private static final String TABLE = "workspace_key";
    private static final int FIRST = 1;

    private final MasterKey root;
    private final KeyRingStore store;
    private final SecureRandom random;
    private final Clock clock;

    public KeyRing(MasterKey root, KeyRingStore store, SecureRandom random, Clock clock) {
        this.root = root;
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    /** Binds a new site to the root key. */
    public void found(Tx tx) {
        store.insertRoot(tx, FIRST, root.key().checkValue(), clock.instant());
    }

    /**
     * Throws {@link RootKeyUnusable} when the site was founded with another root key: a foreign key
     * file must not look like damaged data.
     */
    public void verify(Tx tx) {
        byte[] expected =
                store.rootCheck(tx, FIRST)
                        .orElseThrow(() ->
                                new RootKeyUnusable(
                                        "The store has no root key's check value; it is not"
                                                + " a whole site."));
        if (!root.key().hasCheckValue(expected)) {
            throw new RootKeyUnusable(
                    "The root key is another site's; put this site's own key file back.");
        }
    }

    /** Gives a new workspace its first key. */
    public void addWorkspace(Tx tx, WorkspaceId workspace) {
        try (AesKey key = AesKey.random(random)) {
            byte[] bytes = key.copy();
            try {
                SealedSecret sealed =
                        root.key().seal(WRAP, FIRST, bytes, place(workspace, FIRST), random);
                store.insert(
                        tx,
                        workspace,
                        new StoredKey(FIRST, sealed.column(), key.checkValue()),
                        clock.instant());
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }
    }

    /** Seals under the workspace's newest key. The caller goes on owning {@code secret}. */
    public SealedSecret seal(Tx tx, SecretPlace place, SecretBytes secret) {
        StoredKey stored =
                store.newest(tx, place.workspace())
                        .orElseThrow(() -> new UnopenableSecret("its workspace has no key"));
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
                        .orElseThrow(() -> new UnopenableSecret("its key is not there"));
        try (AesKey key = unwrap(place.workspace(), stored)) {
            return SecretBytes.owning(
                    key.open(place.purpose(), sealed, place.associated(sealed.keyVersion())));
        }
    }

    private AesKey unwrap(WorkspaceId workspace, StoredKey stored) {
        AesKey key =
                AesKey.owning(
                        root.key()
                                .open(
                                        WRAP,
                                        SealedSecret.of(stored.sealed()),
                                        place(workspace, stored.version())));
        if (!key.hasCheckValue(stored.checkValue())) {
            key.close();
            throw new UnopenableSecret("its workspace's key does not match its check value");
        }
        return key;
    }

    private static byte[] place(WorkspaceId workspace, int version) {
        return new SecretPlace(workspace, TABLE, "sealed", workspace.value(), WRAP)
                .associated(version);
    }
}
