package com.neuralrouter.server.secret;

import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.store.Tx;

import java.util.List;

/**
 * A table with a column of secrets that are sealed under their workspaces' keys: what has to follow
 * when such a key is rotated. Implemented by the store of the table.
 */
public interface SealedTable {

    /** The workspace's secrets that are sealed under a version below that one. */
    List<SealedRow> sealedUnderOlder(Tx tx, WorkspaceId workspace, int version);

    /** Puts the secret's new sealing in place of the one there is. */
    void replace(Tx tx, SealedRow row);
}
