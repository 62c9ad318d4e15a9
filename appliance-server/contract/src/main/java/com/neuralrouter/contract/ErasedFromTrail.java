package com.neuralrouter.contract;

/**
 * What an erasure did.
 *
 * @param erased in how many entries the text no longer stands
 * @param held in how many it still stands, because a legal hold is on them
 */
public record ErasedFromTrail(long erased, long held) {}
