package com.neuralrouter.contract;

import java.time.Instant;

/**
 * That the content of a request is kept, without it.
 *
 * @param apiKey the key that it came with
 * @param bytes of the request's body and the answer's
 * @param cut whether the answer was longer than what is kept of one
 */
public record KeptContentHead(
        RequestId request,
        WorkspaceId workspace,
        ApiKeyId apiKey,
        Instant keptAt,
        Instant expiresAt,
        long bytes,
        boolean cut) {}
