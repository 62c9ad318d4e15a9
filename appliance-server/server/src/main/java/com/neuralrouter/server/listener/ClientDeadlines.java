package com.neuralrouter.server.listener;

import java.time.Duration;

/**
 * How long the appliance waits for a client. Only waiting counts: what takes long on our side, or
 * at a provider, is never held against a client.
 *
 * @param handshake from the connection's acceptance to the end of the TLS handshake
 * @param requestHead for a request's line and headers, from the first byte on; after the handshake,
 *     for the first request as a whole
 * @param requestBody for a request's body, from the end of its headers on
 * @param write for one piece of an answer to be taken; a piece above 64 KiB gets a second more for
 *     each further 64 KiB
 * @param idle for the next request on a connection that is kept
 */
public record ClientDeadlines(
        Duration handshake,
        Duration requestHead,
        Duration requestBody,
        Duration write,
        Duration idle) {}
