package com.neuralrouter.server.identity;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.WorkspaceId;

/** An app that proved to have a valid API key. */
public record Caller(ApiKeyId keyId, WorkspaceId workspaceId) implements Authentication {}
