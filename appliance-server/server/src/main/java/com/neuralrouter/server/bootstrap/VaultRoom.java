package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.vault.KeyRotation;
import com.neuralrouter.server.vault.KeyRotationWorker;
import com.neuralrouter.server.vault.VaultCommands;
import com.neuralrouter.server.vault.VaultEndpoints;
import com.neuralrouter.server.workspace.WorkspaceStore;

/** What shows the vault's keys and rotates them, put together. */
final class VaultRoom {
    private VaultRoom() {}

    static VaultEndpoints endpoints(
            AdminPlane.Ground ground,
            SiteReads reads,
            AdminTransactions transactions,
            KeyRing keys,
            KeyRotation rotation,
            WorkspaceStore workspaces,
            KeyRotationWorker worker) {
        return new VaultEndpoints(
                reads,
                ground.vault(),
                keys,
                rotation,
                workspaces,
                new VaultCommands(transactions, ground.vault(), keys, workspaces, worker::wake));
    }
}
