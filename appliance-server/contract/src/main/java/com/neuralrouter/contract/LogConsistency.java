package com.neuralrouter.contract;

import java.util.List;

/**
 * Proves that the audit log of the larger size begins with the one of the smaller (RFC 9162,
 * 2.1.4).
 *
 * @param from the smaller size
 * @param to the larger size
 * @param hashes SHA-256 hashes in Base64, in the order of the RFC
 */
public record LogConsistency(long from, long to, List<String> hashes) {

    public LogConsistency {
        hashes = List.copyOf(hashes);
    }
}
