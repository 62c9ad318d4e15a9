package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.secret.AeadKey;
import com.neuralrouter.server.secret.SecretBytes;

import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The seal of k-of-n shares: its key is random and split after Shamir ("How to share a secret",
 * 1979), each byte by a random polynomial over GF(256) with AES's modulus; fewer than k shares say
 * nothing about it. Bouncy Castle splits and joins; what it computes with is not wiped.
 */
final class Shares {
    private static final int MIN_THRESHOLD = 2;
    private static final int MAX_SHARES = 16;

    private Shares() {}

    static NewSeal create(int threshold, int count, SecureRandom random) {
        checkCounts(threshold, count);
        int set = random.nextInt();
        byte[] key = new byte[Share.VALUE_BYTES];
        random.nextBytes(key);
        List<SecretBytes> printed = new ArrayList<>();
        for (Share share : split(key, set, threshold, count, random)) {
            try (share) {
                printed.add(share.printed());
            }
        }
        Seal seal =
                KekSeal.made(
                        SealKind.SHARES,
                        Map.of(
                                "set", HexFormat.of().toHexDigits(set),
                                "threshold", Integer.toString(threshold),
                                "shares", Integer.toString(count)),
                        AeadKey.owning(key, random));
        return new NewSeal(seal, printed);
    }

    /** A wrong combination empties the collector: which share is wrong can't be known. */
    static Seal open(SealRecord record, ShareCollector collector, SecureRandom random) {
        AeadKey key = AeadKey.owning(joined(collector.enough()), random);
        try {
            return KekSeal.opened(
                    record,
                    key,
                    "The shares are well formed but don't give this seal's key; all were forgotten:"
                            + " start again, with another holder's share in turn.");
        } catch (SealRefused refused) {
            collector.forget();
            throw refused;
        }
    }

    static void checkCounts(int threshold, int count) {
        if (threshold < MIN_THRESHOLD || count < threshold || count > MAX_SHARES) {
            throw new SealRefused(
                    "%d of %d shares: the threshold is at least %d, and there are at most %d shares and no fewer than the threshold."
                            .formatted(threshold, count, MIN_THRESHOLD, MAX_SHARES));
        }
    }

    static List<Share> split(byte[] key, int set, int threshold, int count, SecureRandom random) {
        ShamirSplitSecretShare[] parts =
                ShamirSecretSplitter.getInstance(
                                ShamirSecretSplitter.Algorithm.AES, key.length, random)
                        .resplit(key, threshold, count)
                        .getSecretShares();
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shares.add(new Share(set, threshold, i + 1, SecretBytes.owning(encoded(parts[i]))));
        }
        return shares;
    }

    static byte[] joined(List<Share> shares) {
        ShamirSplitSecretShare[] parts = new ShamirSplitSecretShare[shares.size()];
        for (int i = 0; i < parts.length; i++) {
            byte[] value = shares.get(i).value().copy();
            parts[i] = new ShamirSplitSecretShare(value, shares.get(i).index());
            Arrays.fill(value, (byte) 0);
        }
        try {
            return ShamirSplitSecret.getInstance(ShamirSecretSplitter.Algorithm.AES, parts)
                    .getSecret();
        } catch (IOException e) {
            throw new IllegalStateException("shares in memory can't be joined", e);
        }
    }

    private static byte[] encoded(ShamirSplitSecretShare part) {
        try {
            return part.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a share in memory can't be read", e);
        }
    }
}
