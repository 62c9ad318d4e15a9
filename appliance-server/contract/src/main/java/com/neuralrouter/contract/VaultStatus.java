package com.neuralrouter.contract;

import java.time.Instant;
import java.util.List;

/**
 * How the site's keys are: never the keys.
 *
 * @param seal the kind of seal that keeps the root key shut, as in {@code passphrase}
 * @param sealChangeUnderWay whether a change of the seal was begun and not ended
 * @param rootKeyVersion the newest version; all that is new is wrapped under it
 * @param olderRootKeys how many older versions still wrap something
 * @param pending how many keys and secrets still have to be brought under the newest keys; 0 when
 *     no rotation is under way
 * @param workspaces each workspace's key, by the workspaces' names
 */
public record VaultStatus(
        String seal,
        boolean sealChangeUnderWay,
        int rootKeyVersion,
        Instant rootKeyCreatedAt,
        int olderRootKeys,
        long pending,
        List<WorkspaceKey> workspaces) {

    public VaultStatus {
        workspaces = List.copyOf(workspaces);
    }

    /**
     * A workspace's key.
     *
     * @param version the newest version
     * @param olderVersions how many older versions still seal something
     */
    public record WorkspaceKey(
            WorkspaceId workspaceId,
            String workspace,
            int version,
            Instant createdAt,
            int olderVersions) {}
}
