package com.neuralrouter.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * The right edge of a growing Merkle tree: the hashes of the perfect subtrees it falls into, which
 * is all that is needed to append and to know the root (RFC 6962 §2.1). At most 63 hashes, whatever
 * the size. Not for use by several threads.
 */
public final class Frontier {
    private final List<byte[]> hashes = new ArrayList<>();
    private long size;

    /** Of a tree without leaves. */
    public Frontier() {}

    /**
     * Takes up a tree where it was left.
     *
     * @param hashes of the perfect subtrees, left to right, thus the largest first
     */
    public static Frontier of(long size, List<byte[]> hashes) {
        if (size < 0 || hashes.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "a tree of %d leaves falls into %d perfect subtrees, not %d"
                            .formatted(size, Long.bitCount(size), hashes.size()));
        }
        Frontier frontier = new Frontier();
        hashes.forEach(hash -> frontier.hashes.add(TreeHash.checked(hash).clone()));
        frontier.size = size;
        return frontier;
    }

    /** Appends a leaf by its hash. */
    public void append(byte[] leafHash) {
        append(leafHash, (level, index, hash) -> {});
    }

    /** Appends a leaf by its hash, and tells which subtrees this completes: the leaf first. */
    public void append(byte[] leafHash, HashWriter writer) {
        byte[] hash = TreeHash.checked(leafHash).clone();
        writer.completed(0, size, hash);
        int level = 0;
        for (long index = size; (index & 1) == 1; index /= 2) {
            hash = TreeHash.node(hashes.removeLast(), hash);
            level++;
            writer.completed(level, index / 2, hash);
        }
        hashes.add(hash);
        size++;
    }

    /** The number of leaves. */
    public long size() {
        return size;
    }

    /** The root of the tree as it is now. */
    public byte[] root() {
        if (hashes.isEmpty()) {
            return TreeHash.empty();
        }
        byte[] root = hashes.getLast().clone();
        for (int i = hashes.size() - 2; i >= 0; i--) {
            root = TreeHash.node(hashes.get(i), root);
        }
        return root;
    }

    /** The hashes of the perfect subtrees, left to right, thus the largest first. */
    public List<byte[]> hashes() {
        return hashes.stream().map(byte[]::clone).toList();
    }

    /** One that grows on its own. */
    public Frontier copy() {
        return of(size, hashes);
    }
}
