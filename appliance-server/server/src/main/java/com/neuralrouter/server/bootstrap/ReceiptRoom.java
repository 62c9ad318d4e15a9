package com.neuralrouter.server.bootstrap;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.receipt.ReceiptEndpoints;
import com.neuralrouter.server.receipt.ReceiptKeyCommands;
import com.neuralrouter.server.receipt.ReceiptKeyFile;
import com.neuralrouter.server.receipt.Receipts;
import com.neuralrouter.server.secret.ReceiptSigningKey;
import com.neuralrouter.server.secret.Vault;

/** Receipts and their keys, put together. */
final class ReceiptRoom {
    private ReceiptRoom() {}

    /** What signs receipts, by the vault's key; that key is published by {@link #open}. */
    static Receipts receipts(
            Vault vault, ApplianceConfig.Audit config, AuditTrail trail, Parts parts) {
        ReceiptSigningKey key = parts.add(ReceiptSigningKey.of(vault));
        return ReceiptChoice.wanted(config.receipts())
                ? Receipts.issued(key, trail.origin(), trail::size)
                : Receipts.notIssued(key, trail.origin());
    }

    /** Publishes the keys; returns what the admin listener serves of them. */
    static AdminEndpoints open(
            SiteFolder site,
            Receipts receipts,
            AdminPlane.Ground ground,
            AdminTransactions transactions) {
        var commands =
                new ReceiptKeyCommands(
                        transactions,
                        new SiteReads(ground.database()),
                        ground.vault(),
                        receipts,
                        new ReceiptKeyFile(site.receiptKeys()),
                        ground.ids(),
                        ground.clock());
        commands.takeUp(
                Authorisation.ofAppliance(
                        "receipts", Permission.KEYS_MANAGE, ground.ids().nextRequest()));
        return new ReceiptEndpoints(receipts, commands);
    }
}
