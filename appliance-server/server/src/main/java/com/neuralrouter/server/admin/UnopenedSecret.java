package com.neuralrouter.server.admin;

import com.neuralrouter.contract.WorkspaceId;

import java.util.UUID;

/**
 * A sealed secret whose row is our own and which still does not open: its ciphertext was moved
 * here, or altered, or it was sealed under another key.
 *
 * @param workspace whose secret it is
 * @param workspaceName as the audit trail names it
 */
public record UnopenedSecret(
        String table, UUID row, WorkspaceId workspace, String workspaceName, String why) {}
