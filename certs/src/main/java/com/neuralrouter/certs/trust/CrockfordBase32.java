package com.neuralrouter.certs.trust;

import java.util.Arrays;

/**
 * Douglas Crockford's base32 (https://www.crockford.com/base32.html): no I, L, O and U, so that a
 * person can read a code aloud and type it. Package-private: {@link EnrolmentCode} is its only
 * user.
 */
final class CrockfordBase32 {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS = 5;

    private CrockfordBase32() {}

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int held = 0;
        for (byte b : bytes) {
            buffer = buffer << Byte.SIZE | b & 0xff;
            held += Byte.SIZE;
            while (held >= BITS) {
                held -= BITS;
                text.append(ALPHABET.charAt(buffer >> held & 31));
            }
            buffer &= (1 << held) - 1;
        }
        if (held > 0) {
            text.append(ALPHABET.charAt(buffer << BITS - held & 31));
        }
        return text.toString();
    }

    /** The value of a character, or -1; O counts as 0, I and L as 1, in either case. */
    static int value(char character) {
        return switch (Character.toUpperCase(character)) {
            case 'O' -> 0;
            case 'I', 'L' -> 1;
            default -> ALPHABET.indexOf(Character.toUpperCase(character));
        };
    }

    /**
     * Reads characters that all have a {@link #value}. Returns an empty array when the bits that
     * are left over are not zero: no encoder writes that.
     */
    static byte[] decode(String text) {
        byte[] bytes = new byte[text.length() * BITS / Byte.SIZE];
        int buffer = 0;
        int held = 0;
        int at = 0;
        for (char character : text.toCharArray()) {
            buffer = buffer << BITS | value(character);
            held += BITS;
            if (held >= Byte.SIZE) {
                held -= Byte.SIZE;
                bytes[at++] = (byte) (buffer >> held);
            }
            buffer &= (1 << held) - 1;
        }
        return buffer == 0 ? Arrays.copyOf(bytes, at) : new byte[0];
    }
}
