package com.neuralrouter.server.backup;

import com.neuralrouter.server.credential.CredentialStore;
import com.neuralrouter.server.credential.StoredCredential;
import com.neuralrouter.server.integrity.Seen;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.secret.SealedSecret;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.UnopenableSecret;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.Tx;

import java.util.List;

/**
 * What a restored store must prove before it replaces anything: it belongs to the vault, its rows
 * are signed, its workspaces' keys open, and which of its credentials do. For one thread.
 */
public final class RestoredSite {
    private final Database database;
    private final KeyRing keys;
    private final SiteIntegrity integrity;

    /**
     * How the credentials came out.
     *
     * @param shredded those whose workspaces' keys are gone: in a restored site they must be put in
     *     anew
     */
    public record Credentials(long opened, long shredded) {}

    public RestoredSite(Database database, KeyRing keys, SiteIntegrity integrity) {
        this.database = database;
        this.keys = keys;
        this.integrity = integrity;
    }

    /**
     * Signs the rows, which the backups' own segments have authenticated, and checks everything.
     * Throws {@link com.neuralrouter.server.secret.VaultUnusable}, {@link UnopenableSecret} for a
     * workspace's key and {@link com.neuralrouter.server.integrity.StoreTampered}.
     */
    public Credentials prove() {
        database.write(tx -> {
            integrity.signAll(tx);
            return true;
        });
        Seen seen = integrity.seen();
        return database.read(tx -> {
            integrity.verifyAll(tx, seen);
            keys.verify(tx);
            keys.proveAll(tx);
            return credentials(tx);
        });
    }

    private Credentials credentials(Tx tx) {
        List<StoredCredential> all = new CredentialStore().all(tx);
        long opened = 0;
        for (StoredCredential each : all) {
            try (SecretBytes _ = keys.open(tx, each.place(), SealedSecret.of(each.sealed()))) {
                opened++;
            } catch (UnopenableSecret _) {
                // Counted by what is missing from those that opened: its workspace's key is gone.
                continue;
            }
        }
        return new Credentials(opened, all.size() - opened);
    }
}
