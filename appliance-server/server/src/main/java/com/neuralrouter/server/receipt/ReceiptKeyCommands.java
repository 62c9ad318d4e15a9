package com.neuralrouter.server.receipt;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ReceiptKey;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.receipt.ReceiptKeyStore.Stored;
import com.neuralrouter.server.secret.ReceiptSigningKey;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.VaultUnusable;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The keys of receipts: taken up at the start, and renewed. The private half of the old one is
 * destroyed by that; the public half is kept and published for ever. Safe for all threads.
 */
public final class ReceiptKeyCommands {
    private final AdminTransactions transactions;
    private final SiteReads reads;
    private final Vault vault;
    private final ReceiptKeyStore store;
    private final Receipts receipts;
    private final ReceiptKeyFile file;
    private final Ids ids;
    private final Clock clock;

    public ReceiptKeyCommands(
            AdminTransactions transactions,
            SiteReads reads,
            Vault vault,
            Receipts receipts,
            ReceiptKeyFile file,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.reads = reads;
        this.vault = vault;
        this.store = new ReceiptKeyStore();
        this.receipts = receipts;
        this.file = file;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Publishes the keys, the vault's among them: a new site's first one, and one whose rotation a
     * crash cut off, are recorded here. To be called once, before anything is signed.
     */
    public void takeUp(Authorised self) {
        var signing = ReceiptSigningKey.of(vault);
        String kid = ReceiptKeys.kid(signing);
        boolean known = reads.read(store::all).stream().anyMatch(key -> key.kid().equals(kid));
        if (!known) {
            transactions.run(self, tx -> recorded(tx, signing, "receipt_key.begun"));
        }
        use(signing);
    }

    /** Gives receipts another key; returns all of them, the new one first. */
    public List<ReceiptKey> rotate(Authorised by) {
        by.demand(Permission.KEYS_MANAGE);
        use(transactions.run(by, this::rotatedIn));
        return receipts.keys().published();
    }

    /** The vault's file comes first: a key that nobody recorded is recorded at the next start. */
    private Audited<ReceiptSigningKey> rotatedIn(Tx tx) {
        try {
            vault.renewReceiptKey();
        } catch (VaultUnusable unusable) {
            throw new AdminRefused(
                    ProblemCode.STORE_UNAVAILABLE, String.valueOf(unusable.getMessage()));
        }
        return recorded(tx, ReceiptSigningKey.of(vault), "receipt_key.rotated");
    }

    private Audited<ReceiptSigningKey> recorded(Tx tx, ReceiptSigningKey key, String action) {
        String kid = ReceiptKeys.kid(key);
        store.insert(tx, new Stored(ids.next(), kid, ReceiptKeys.x(key), Columns.now(clock)));
        return Audited.of(key, AuditEvent.done(action, "receipt_key/" + kid, Map.of()));
    }

    /** The key before is not wiped: a request may be signing with it. */
    private void use(ReceiptSigningKey signing) {
        String kid = ReceiptKeys.kid(signing);
        var keys =
                new ReceiptKeys(
                        signing,
                        reads.read(store::all).stream()
                                .map(key ->
                                        new ReceiptKey(
                                                key.kid(),
                                                key.x(),
                                                key.createdAt(),
                                                key.kid().equals(kid)))
                                .toList());
        file.write(keys.jwks());
        receipts.use(keys);
    }
}
