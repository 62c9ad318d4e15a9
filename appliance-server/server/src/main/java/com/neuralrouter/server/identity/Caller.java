package com.neuralrouter.server.identity;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.WorkspaceId;

/**
 * An app that proved to have a valid API key.
 *
 * @param keyName by which administrators know the key
 */
public record Caller(ApiKeyId keyId, String keyName, WorkspaceId workspaceId)
        implements Authentication {}
