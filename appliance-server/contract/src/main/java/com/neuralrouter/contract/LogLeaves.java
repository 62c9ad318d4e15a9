package com.neuralrouter.contract;

import java.util.List;

/**
 * Leaves of the audit log, in their order.
 *
 * @param from the place of the first in the tree, beginning with 0
 * @param leaves each the canonical JSON (RFC 8785) whose UTF-8 bytes are the leaf
 */
public record LogLeaves(long from, List<String> leaves) {

    public LogLeaves {
        leaves = List.copyOf(leaves);
    }
}
