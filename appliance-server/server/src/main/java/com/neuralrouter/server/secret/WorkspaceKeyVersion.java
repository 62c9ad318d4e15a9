package com.neuralrouter.server.secret;

import com.neuralrouter.contract.WorkspaceId;

import java.time.Instant;

/**
 * A version of a workspace's key, without the key.
 *
 * @param rootVersion the version of the root key that wraps it
 */
public record WorkspaceKeyVersion(
        WorkspaceId workspace, int version, int rootVersion, Instant createdAt) {}
