package com.neuralrouter.contract;

import java.util.List;

/**
 * Leaves of the audit log that belong to one workspace, each with the proof that it is in the log.
 *
 * @param size of the tree that the proofs are of
 * @param searchedTo the place up to which the log was looked through; as long as it is below {@code
 *     size}, ask on from there
 */
public record ProvenLeaves(long size, long searchedTo, List<ProvenLeaf> leaves) {

    public ProvenLeaves {
        leaves = List.copyOf(leaves);
    }

    /**
     * One of them.
     *
     * @param index its place in the tree, beginning with 0
     * @param leaf the canonical JSON (RFC 8785) whose UTF-8 bytes are the leaf
     * @param hashes the inclusion proof (RFC 9162, 2.1.3), the leaf's sibling first, each in Base64
     */
    public record ProvenLeaf(long index, String leaf, List<String> hashes) {
        public ProvenLeaf {
            hashes = List.copyOf(hashes);
        }
    }
}
