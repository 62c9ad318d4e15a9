package com.neuralrouter.server.audit.forward;

/**
 * Who forwards, as receivers are told.
 *
 * @param host this machine's name on the network
 * @param log the log's origin, as in its checkpoints
 * @param version of this product
 */
public record Sender(String host, String log, String version) {
    static final String PRODUCT = "neural-router";
}
