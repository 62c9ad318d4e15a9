package com.neuralrouter.contract;

/**
 * A witness says that it has seen a checkpoint, and that it is consistent with all it saw before.
 *
 * @param key the witness's verifier key, as signed notes write it; the first one of a device counts
 * @param note the checkpoint with the witness's own signature line (C2SP tlog-cosignature)
 */
public record CosignCheckpoint(String key, String note) {}
