package com.neuralrouter.tlog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The hashes of a Merkle tree: RFC 6962 §2.1 with SHA-256, the same as RFC 9162 §2.1.1. Leaves and
 * nodes begin with different bytes, so that neither can be passed off as the other. All methods are
 * pure and may be called by any thread.
 */
public final class TreeHash {
    /** Bytes of every hash. */
    public static final int LENGTH = 32;

    /** Copied for each hash: to look the algorithm up takes as long as a hash. */
    private static final MessageDigest FRESH = found();

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private TreeHash() {}

    /** The hash of an entry as a leaf. */
    public static byte[] leaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return digest.digest(entry);
    }

    /** The hash of a node, from those of its children. */
    public static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    /** The root of a tree without leaves: the hash of nothing. */
    public static byte[] empty() {
        return sha256().digest();
    }

    /**
     * The root of a perfect subtree from the level below it that is stored.
     *
     * @param hashes of 2<sup>k</sup> neighbours, left to right, one behind the other
     */
    public static byte[] perfect(byte[] hashes) {
        int count = hashes.length / LENGTH;
        if (hashes.length % LENGTH != 0 || Integer.bitCount(count) != 1) {
            throw new IllegalArgumentException(
                    hashes.length + " bytes are not the hashes of a perfect subtree");
        }
        MessageDigest digest = sha256();
        byte[] level = hashes.clone();
        for (int width = count; width > 1; width /= 2) {
            for (int i = 0; i < width / 2; i++) {
                digest.update(NODE);
                digest.update(level, 2 * i * LENGTH, 2 * LENGTH);
                System.arraycopy(digest.digest(), 0, level, i * LENGTH, LENGTH);
            }
        }
        return Arrays.copyOf(level, LENGTH);
    }

    static byte[] checked(byte[] hash) {
        if (hash.length != LENGTH) {
            throw new IllegalArgumentException(
                    "a hash has " + LENGTH + " bytes, this one " + hash.length);
        }
        return hash;
    }

    static MessageDigest sha256() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException _) {
            // Another provider's, which can't be copied.
            return found();
        }
    }

    private static MessageDigest found() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
