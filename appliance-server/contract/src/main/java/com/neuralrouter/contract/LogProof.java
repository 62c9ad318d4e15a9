package com.neuralrouter.contract;

/**
 * Proves that a leaf is in the audit log, to somebody who has nothing but the log's key.
 *
 * @param index the leaf's place in the tree, beginning with 0
 * @param leaf the leaf itself, canonical JSON
 * @param proof index, hashes and a signed checkpoint in one text (C2SP tlog-proof)
 */
public record LogProof(long index, String leaf, String proof) {}
