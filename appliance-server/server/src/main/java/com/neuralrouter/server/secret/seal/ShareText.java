package com.neuralrouter.server.secret.seal;

import java.util.Arrays;

/**
 * Bytes as people copy them from paper: groups of four characters of Crockford's base 32 and a
 * fifth that checks the four and their place, so that a typing error is told by its group. Case,
 * blanks and hyphens don't matter when it is read; O is read as 0, I and L as 1.
 */
final class ShareText {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int GROUP = 4;
    private static final int BITS = 5;

    private ShareText() {}

    /** Printable ASCII. The count of bits must fill whole groups of twenty. */
    static byte[] written(byte[] bytes) {
        int groups = groups(bytes.length);
        byte[] text = new byte[groups * (GROUP + 2) - 1];
        int at = 0;
        for (int group = 0; group < groups; group++) {
            int check = group;
            for (int i = 0; i < GROUP; i++) {
                int value = five(bytes, (group * GROUP + i) * BITS);
                text[at++] = (byte) ALPHABET.charAt(value);
                check = folded(check, value);
            }
            text[at++] = (byte) ALPHABET.charAt(check);
            if (at < text.length) {
                text[at++] = '-';
            }
        }
        return text;
    }

    /**
     * The bytes that were written, which the caller wipes. Throws {@link SealRefused} with what is
     * wrong and where, and nothing of the text.
     */
    static byte[] read(byte[] text, int length) {
        byte[] values = values(text);
        try {
            int groups = groups(length);
            int given = (values.length + GROUP) / (GROUP + 1);
            if (values.length != groups * (GROUP + 1)) {
                throw new SealRefused(
                        "A share has %d groups of %d characters; this one has %d characters, which is %d groups."
                                .formatted(groups, GROUP + 1, values.length, given));
            }
            byte[] bytes = new byte[length];
            for (int group = 0; group < groups; group++) {
                int check = group;
                for (int i = 0; i < GROUP; i++) {
                    int value = values[group * (GROUP + 1) + i];
                    putFive(bytes, (group * GROUP + i) * BITS, value);
                    check = folded(check, value);
                }
                if (values[group * (GROUP + 1) + GROUP] != check) {
                    Arrays.fill(bytes, (byte) 0);
                    throw new SealRefused(
                            "Group %d of the share is mistyped or in another place; nothing was kept."
                                    .formatted(group + 1));
                }
            }
            return bytes;
        } finally {
            Arrays.fill(values, (byte) 0);
        }
    }

    private static int groups(int bytes) {
        if (bytes * Byte.SIZE % (GROUP * BITS) != 0) {
            throw new IllegalArgumentException(bytes + " bytes fill no whole groups");
        }
        return bytes * Byte.SIZE / (GROUP * BITS);
    }

    /**
     * A polynomial's value over GF(32), modulo x^5 + x^2 + 1: another character or two neighbours
     * exchanged always change it.
     */
    private static int folded(int check, int value) {
        int sum = (check ^ value) & 31;
        int twice = sum << 1;
        return twice > 31 ? (twice ^ 0b100101) : twice;
    }

    private static int five(byte[] bytes, int bit) {
        int value = 0;
        for (int i = bit; i < bit + BITS; i++) {
            value = value << 1 | (bytes[i / Byte.SIZE] >> (Byte.SIZE - 1 - i % Byte.SIZE) & 1);
        }
        return value;
    }

    private static void putFive(byte[] bytes, int bit, int value) {
        for (int i = 0; i < BITS; i++) {
            int at = bit + i;
            int set = value >> (BITS - 1 - i) & 1;
            bytes[at / Byte.SIZE] |= (byte) (set << (Byte.SIZE - 1 - at % Byte.SIZE));
        }
    }

    private static byte[] values(byte[] text) {
        byte[] values = new byte[text.length];
        int count = 0;
        for (byte character : text) {
            char upper = Character.toUpperCase((char) (character & 0xFF));
            if (upper == '-' || Character.isWhitespace(upper)) {
                continue;
            }
            int value = ALPHABET.indexOf(read(upper));
            if (value < 0) {
                Arrays.fill(values, (byte) 0);
                throw new SealRefused(
                        "Group %d of the share has a character that no share has; nothing was kept."
                                .formatted(count / (GROUP + 1) + 1));
            }
            values[count++] = (byte) value;
        }
        byte[] exact = Arrays.copyOf(values, count);
        Arrays.fill(values, (byte) 0);
        return exact;
    }

    private static char read(char upper) {
        return switch (upper) {
            case 'O' -> '0';
            case 'I', 'L' -> '1';
            default -> upper;
        };
    }
}
