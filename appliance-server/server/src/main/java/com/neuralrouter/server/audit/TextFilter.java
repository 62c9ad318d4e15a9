package com.neuralrouter.server.audit;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which runs of three characters stand in a number of texts, as a Bloom filter: says "no" only if a
 * text is surely in none of them. For one thread.
 *
 * <p>What looks like a digest is left out: with them every run of three would be there.
 */
final class TextFilter {
    static final int BYTES = 4096;

    /** The shortest that is taken for one: SHA-256 has 43 characters in Base64. */
    private static final int DIGEST = 40;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]+");
    private static final int GRAM = 3;

    private final byte[] bits;

    /** Of no text yet. */
    TextFilter() {
        this(new byte[BYTES]);
    }

    /** As it was kept; owns the bytes. */
    TextFilter(byte[] bits) {
        this.bits = bits;
    }

    byte[] bytes() {
        return bits.clone();
    }

    void add(String text) {
        eachGram(
                text,
                hash -> {
                    set(hash);
                    set(hash >>> 16);
                    return true;
                });
    }

    /** False if no text that was added has this in it, upper or lower case. */
    boolean mayHave(String text) {
        return eachGram(text, hash -> has(hash) && has(hash >>> 16));
    }

    private interface Gram {
        boolean take(int hash);
    }

    /** Until one is not taken; only of ASCII, about whose lower case all databases agree. */
    private static boolean eachGram(String text, Gram gram) {
        int from = 0;
        while (from < text.length()) {
            int to = from;
            while (to < text.length() && isWord(text.charAt(to))) {
                to++;
            }
            String run = text.substring(from, to);
            if (!isDigest(run) && !grams(run.toLowerCase(Locale.ROOT), gram)) {
                return false;
            }
            from = to + 1;
        }
        return true;
    }

    private static boolean grams(String run, Gram gram) {
        for (int i = 0; i + GRAM <= run.length(); i++) {
            int key = run.charAt(i) << 14 | run.charAt(i + 1) << 7 | run.charAt(i + 2);
            int hash = key * 0x9E3779B1;
            if (!gram.take(hash ^ hash >>> 15)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '_';
    }

    private static boolean isDigest(String run) {
        return run.length() >= DIGEST
                && (HEX.matcher(run).matches() || !run.equals(run.toLowerCase(Locale.ROOT)));
    }

    private void set(int hash) {
        int bit = hash & BYTES * 8 - 1;
        bits[bit >>> 3] |= (byte) (1 << (bit & 7));
    }

    private boolean has(int hash) {
        int bit = hash & BYTES * 8 - 1;
        return (bits[bit >>> 3] & 1 << (bit & 7)) != 0;
    }
}
