package com.neuralrouter.server.usage;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.WorkspaceId;

/**
 * What is known of a request before it goes anywhere.
 *
 * @param startedAtMillis epoch milliseconds
 * @param model the public model name if a route has it, else empty: text that a client made up is
 *     not recorded
 * @param siteVersion the state of the site, its policy included, that decides about it; 0 if that
 *     is not known
 */
public record RequestStarted(
        RequestId id,
        long startedAtMillis,
        WorkspaceId workspaceId,
        ApiKeyId apiKeyId,
        String model,
        boolean stream,
        long siteVersion) {}
