package com.neuralrouter.tlog;

/**
 * Reads the stored hashes of a tree, for {@link TreeProofs}. Implemented by whoever keeps a log; it
 * is only asked for subtrees whose leaves are all in the tree.
 */
@FunctionalInterface
public interface HashReader {
    /**
     * The hash of a perfect subtree of 2<sup>level</sup> leaves.
     *
     * @param level 0 for a leaf, up to 62
     * @param index of the subtree among those of its level, from the left and from 0
     */
    byte[] hash(int level, long index);
}
