package com.neuralrouter.server.secret;

import com.neuralrouter.contract.WorkspaceId;

import java.util.UUID;

/**
 * The one place in the store where a sealed secret belongs; copied anywhere else it does not open.
 *
 * @param row the row's primary key
 * @param purpose what the secret is for, as in {@code provider-credential}
 */
public record SecretPlace(
        WorkspaceId workspace, String table, String column, UUID row, String purpose) {
    /** What a sealing under that version of the workspace's key is bound to. */
    byte[] associated(int keyVersion) {
        return AssociatedData.of(
                workspace.toString(),
                table,
                column,
                row.toString(),
                purpose,
                Integer.toString(keyVersion));
    }
}
