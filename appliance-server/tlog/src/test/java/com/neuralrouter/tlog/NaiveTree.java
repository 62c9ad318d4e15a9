package com.neuralrouter.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree that hashes everything anew each time, by the recursive definitions of RFC 6962 §2.1 to
 * §2.1.2, word for word: what the fast code is compared with.
 */
final class NaiveTree {
    final List<byte[]> entries;

    NaiveTree(List<byte[]> entries) {
        this.entries = entries;
    }

    /** Entries that differ: their own numbers. */
    static NaiveTree ofSize(int size) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(new byte[] {(byte) (i >> 8), (byte) i});
        }
        return new NaiveTree(entries);
    }

    byte[] leaf(int index) {
        return TreeHash.leaf(entries.get(index));
    }

    byte[] root(int size) {
        return root(entries.subList(0, size));
    }

    List<byte[]> path(int index, int size) {
        return path(index, entries.subList(0, size));
    }

    List<byte[]> proof(int oldSize, int newSize) {
        return subProof(oldSize, entries.subList(0, newSize), true);
    }

    /** Reads its nodes by computing them. */
    HashReader reader() {
        return (level, index) -> {
            int width = 1 << level;
            int from = Math.toIntExact(index) * width;
            return root(entries.subList(from, from + width));
        };
    }

    private static byte[] root(List<byte[]> entries) {
        if (entries.isEmpty()) {
            return TreeHash.empty();
        }
        if (entries.size() == 1) {
            return TreeHash.leaf(entries.getFirst());
        }
        int k = split(entries.size());
        return TreeHash.node(root(left(entries, k)), root(right(entries, k)));
    }

    private static List<byte[]> path(int m, List<byte[]> entries) {
        List<byte[]> path = new ArrayList<>();
        if (entries.size() == 1) {
            return path;
        }
        int k = split(entries.size());
        if (m < k) {
            path.addAll(path(m, left(entries, k)));
            path.add(root(right(entries, k)));
        } else {
            path.addAll(path(m - k, right(entries, k)));
            path.add(root(left(entries, k)));
        }
        return path;
    }

    private static List<byte[]> subProof(int m, List<byte[]> entries, boolean known) {
        List<byte[]> proof = new ArrayList<>();
        if (m == entries.size()) {
            if (!known) {
                proof.add(root(entries));
            }
            return proof;
        }
        int k = split(entries.size());
        if (m <= k) {
            proof.addAll(subProof(m, left(entries, k), known));
            proof.add(root(right(entries, k)));
        } else {
            proof.addAll(subProof(m - k, right(entries, k), false));
            proof.add(root(left(entries, k)));
        }
        return proof;
    }

    private static int split(int size) {
        int k = 1;
        while (2 * k < size) {
            k *= 2;
        }
        return k;
    }

    private static List<byte[]> left(List<byte[]> entries, int k) {
        return entries.subList(0, k);
    }

    private static List<byte[]> right(List<byte[]> entries, int k) {
        return entries.subList(k, entries.size());
    }
}
