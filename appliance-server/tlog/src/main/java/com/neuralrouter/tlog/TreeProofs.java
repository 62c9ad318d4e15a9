package com.neuralrouter.tlog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Proofs about a Merkle tree. Making them: RFC 9162 §2.1.3.1 and §2.1.4.1. Checking them: §2.1.3.2
 * and §2.1.4.2. Whoever checks trusts nothing that is handed in: a proof of any shape is answered
 * with true or false, never with an exception. All methods are pure.
 */
public final class TreeProofs {
    private TreeProofs() {}

    /** The root of the tree of the first {@code size} leaves. */
    public static byte[] root(HashReader reader, long size) {
        if (size < 0) {
            throw new IllegalArgumentException("no tree has " + size + " leaves");
        }
        return size == 0 ? TreeHash.empty() : range(reader, 0, size);
    }

    /** The proof that a leaf is in the tree of the first {@code size} leaves: its sibling first. */
    public static List<byte[]> inclusion(HashReader reader, long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "no leaf " + index + " in a tree of " + size + " leaves");
        }
        List<byte[]> proof = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + largestPowerBelow(to - from);
            if (index < middle) {
                proof.add(range(reader, middle, to));
                to = middle;
            } else {
                proof.add(range(reader, from, middle));
                from = middle;
            }
        }
        return proof.reversed();
    }

    /** The proof that the tree of {@code oldSize} leaves is the beginning of the newer one. */
    public static List<byte[]> consistency(HashReader reader, long oldSize, long newSize) {
        if (oldSize < 0 || oldSize > newSize) {
            throw new IllegalArgumentException(
                    "a tree of " + newSize + " leaves does not begin with " + oldSize);
        }
        List<byte[]> proof = new ArrayList<>();
        if (oldSize == 0) {
            return proof;
        }
        long from = 0;
        long to = newSize;
        boolean oldRootIsKnown = true;
        while (oldSize != to) {
            long middle = from + largestPowerBelow(to - from);
            if (oldSize <= middle) {
                proof.add(range(reader, middle, to));
                to = middle;
            } else {
                proof.add(range(reader, from, middle));
                from = middle;
                oldRootIsKnown = false;
            }
        }
        if (!oldRootIsKnown) {
            proof.add(range(reader, from, to));
        }
        return proof.reversed();
    }

    /** Whether the proof shows that the leaf is in the tree with this root. */
    public static boolean includes(
            byte[] leafHash, long index, long size, byte[] root, List<byte[]> proof) {
        if (index < 0 || index >= size || !areHashes(leafHash, root, proof)) {
            return false;
        }
        long leaf = index;
        long last = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : proof) {
            if (last == 0) {
                return false;
            }
            if (isOdd(leaf) || leaf == last) {
                hash = TreeHash.node(sibling, hash);
                int levels = isOdd(leaf) ? 0 : levelsAlone(leaf);
                leaf >>>= levels;
                last >>>= levels;
            } else {
                hash = TreeHash.node(hash, sibling);
            }
            leaf >>>= 1;
            last >>>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /** Whether the proof shows that the newer tree begins with the older one. */
    public static boolean consistent(
            long oldSize, byte[] oldRoot, long newSize, byte[] newRoot, List<byte[]> proof) {
        if (oldSize < 0 || oldSize > newSize || !areHashes(oldRoot, newRoot, proof)) {
            return false;
        }
        if (oldSize == newSize) {
            return proof.isEmpty() && Arrays.equals(oldRoot, newRoot);
        }
        if (oldSize == 0) {
            return proof.isEmpty() && Arrays.equals(oldRoot, TreeHash.empty());
        }
        if (proof.isEmpty()) {
            return false;
        }
        boolean oldRootIsNode = Long.bitCount(oldSize) == 1;
        byte[] start = oldRootIsNode ? oldRoot : proof.getFirst();
        List<byte[]> rest = oldRootIsNode ? proof : proof.subList(1, proof.size());
        return leadsToBoth(oldSize, oldRoot, newSize, newRoot, start, rest);
    }

    private static boolean leadsToBoth(
            long oldSize,
            byte[] oldRoot,
            long newSize,
            byte[] newRoot,
            byte[] start,
            List<byte[]> rest) {
        int startLevel = Long.numberOfTrailingZeros(oldSize);
        long node = (oldSize - 1) >>> startLevel;
        long last = (newSize - 1) >>> startLevel;
        byte[] oldHash = start;
        byte[] newHash = start;
        for (byte[] sibling : rest) {
            if (last == 0) {
                return false;
            }
            if (isOdd(node) || node == last) {
                oldHash = TreeHash.node(sibling, oldHash);
                newHash = TreeHash.node(sibling, newHash);
                int levels = isOdd(node) ? 0 : levelsAlone(node);
                node >>>= levels;
                last >>>= levels;
            } else {
                newHash = TreeHash.node(newHash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && Arrays.equals(oldHash, oldRoot) && Arrays.equals(newHash, newRoot);
    }

    /** How many levels a rightmost node rises unpaired until it is a right child, or the root. */
    private static int levelsAlone(long node) {
        return node == 0 ? 0 : Long.numberOfTrailingZeros(node);
    }

    /** The root of the leaves from (inclusive) to (exclusive), a node of every tree they end. */
    private static byte[] range(HashReader reader, long from, long to) {
        long count = to - from;
        if (Long.bitCount(count) == 1) {
            return reader.hash(Long.numberOfTrailingZeros(count), from / count);
        }
        long middle = from + largestPowerBelow(count);
        return TreeHash.node(range(reader, from, middle), range(reader, middle, to));
    }

    private static long largestPowerBelow(long count) {
        return Long.highestOneBit(count - 1);
    }

    private static boolean isOdd(long number) {
        return (number & 1) == 1;
    }

    private static boolean areHashes(byte[] one, byte[] other, List<byte[]> proof) {
        return one.length == TreeHash.LENGTH
                && other.length == TreeHash.LENGTH
                && proof.stream().allMatch(hash -> hash.length == TreeHash.LENGTH);
    }
}
