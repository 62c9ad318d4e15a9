package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.secret.SecretBytes;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * Takes the shares of one seal as their holders enter them, and forgets them when it is closed. For
 * {@code unseal} and for the recovery drill, which opens the seal and closes it again. Safe for all
 * threads; whoever made it closes it.
 */
public final class ShareCollector implements AutoCloseable {
    private final int set;
    private final int threshold;
    private final int count;
    private final TreeMap<Integer, Share> shares = new TreeMap<>(); // guarded by this

    ShareCollector(SealRecord record) {
        set = set(record);
        threshold = record.number("threshold");
        count = record.number("shares");
        Shares.checkCounts(threshold, count);
    }

    /**
     * Takes one share as it was printed and returns how many are still needed. Throws {@link
     * SealRefused}, and keeps those it has, if this one is mistyped, of another set or already
     * there. The caller goes on owning, and wipes, its own.
     */
    public synchronized int add(SecretBytes printed) {
        Share share = Share.read(printed);
        try {
            refuseForeign(share);
        } catch (SealRefused refused) {
            share.close();
            throw refused;
        }
        shares.put(share.index(), share);
        return missing();
    }

    /** How many shares are still needed; 0 when the seal can be opened. */
    public synchronized int missing() {
        return Math.max(0, threshold - shares.size());
    }

    /** How many shares open the seal. */
    public int threshold() {
        return threshold;
    }

    /** Wipes the shares that it has; it may be filled again. */
    public synchronized void forget() {
        shares.values().forEach(Share::close);
        shares.clear();
    }

    @Override
    public void close() {
        forget();
    }

    @Override
    public String toString() {
        return "ShareCollector[" + missing() + " missing]";
    }

    /** The first ones, as many as are needed; they stay this collector's. */
    synchronized List<Share> enough() {
        if (missing() > 0) {
            throw new SealRefused(
                    "%d shares open this seal and %d are there; %d more are needed."
                            .formatted(threshold, shares.size(), missing()));
        }
        return shares.values().stream().limit(threshold).toList();
    }

    private void refuseForeign(Share share) {
        if (share.set() != set) {
            throw new SealRefused(
                    "The share belongs to another set (%s) than this seal's (%s); an older set opens nothing any more."
                            .formatted(hex(share.set()), hex(set)));
        }
        if (share.threshold() != threshold || share.index() < 1 || share.index() > count) {
            throw new SealRefused(
                    "The share says %d of a threshold of %d, and this seal has %d shares with a threshold of %d; it was not printed for this seal."
                            .formatted(share.index(), share.threshold(), count, threshold));
        }
        if (shares.containsKey(share.index())) {
            throw new SealRefused(
                    "Share %d was entered already; another holder's is needed."
                            .formatted(share.index()));
        }
    }

    private static int set(SealRecord record) {
        byte[] bytes = record.bytes("set");
        if (bytes.length != Integer.BYTES) {
            throw new SealRefused(
                    "The vault file's seal names the set of its shares in %d bytes instead of 4; restore keys/vault.json from the key backup."
                            .formatted(bytes.length));
        }
        return ByteBuffer.wrap(bytes).getInt();
    }

    private static String hex(int set) {
        return HexFormat.of().toHexDigits(set);
    }
}
