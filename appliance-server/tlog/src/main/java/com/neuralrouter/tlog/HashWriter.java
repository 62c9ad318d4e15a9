package com.neuralrouter.tlog;

/** Takes the hashes that become final while a {@link Frontier} grows: what a tile store keeps. */
@FunctionalInterface
public interface HashWriter {
    /**
     * A perfect subtree is complete; its hash never changes again.
     *
     * @param level 0 for a leaf, k for 2<sup>k</sup> leaves
     * @param index of the subtree among those of its level, from the left and from 0
     * @param hash not to be changed
     */
    void completed(int level, long index, byte[] hash);
}
