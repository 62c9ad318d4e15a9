package com.neuralrouter.server.vault;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.vault.KeyRotation.Step;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * A process that rotates a site's keys again and again until it is killed, and prints each step
 * that was acknowledged. Started by {@link KeyRotationKillIT}.
 */
final class RotationsUntilKilled {
    private RotationsUntilKilled() {}

    public static void main(String[] arguments) {
        var site = new TestSite(Path.of(arguments[0]));
        for (; ; ) {
            workOff(site);
            rotate(site);
        }
    }

    static void rotate(TestSite site) {
        var commands =
                new VaultCommands(
                        site.transactions, site.vault, site.keys, site.workspaceStore, () -> {});
        commands.rotateRoot(site.as(Permission.KEYS_MANAGE));
        System.out.println("root key rotated");
        for (Workspace workspace : site.reads.read(site.workspaceStore::all)) {
            commands.rotateWorkspace(site.as(Permission.KEYS_MANAGE), workspace.id());
            System.out.println("workspace key rotated");
        }
    }

    static void workOff(TestSite site) {
        Set<WorkspaceId> stuck = new HashSet<>();
        while (site.reads.read(tx -> site.rotation.isDue(tx, stuck))) {
            Step step = site.apply(tx -> site.rotation.step(tx, stuck));
            if (step == Step.OLD_ROOTS_UNUSED) {
                site.rotation.retireOldRoots();
            }
            System.out.println(step);
        }
    }
}
