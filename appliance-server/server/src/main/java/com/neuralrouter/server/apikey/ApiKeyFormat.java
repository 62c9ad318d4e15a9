package com.neuralrouter.server.apikey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What an API key looks like: {@code nr_<kid>_<secret>_<checksum>}, 64 characters.
 *
 * <ul>
 *   <li>{@code kid}: 10 characters, public; by it the key is looked up;
 *   <li>{@code secret}: 43 characters, 256 bits; never kept, only a SHA-256 of the whole key is;
 *   <li>{@code checksum}: 6 characters, CRC-32 (as in ISO 3309) of everything before it, so that a
 *       typing error, and what a secret scanner finds by chance, is told apart without a look-up.
 * </ul>
 *
 * All characters are from {@code 0-9A-Za-z}; numbers have the most significant digit first. Used by
 * the inference plane for every request and by the admin plane when it makes a key.
 */
public final class ApiKeyFormat {
    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int BASE = ALPHABET.length();

    private static final String PREFIX = "nr_";
    private static final int KID_AT = PREFIX.length();
    private static final int KID_LENGTH = 10;
    private static final int SECRET_AT = KID_AT + KID_LENGTH + 1;
    private static final int SECRET_LENGTH = 43;
    private static final int CHECKSUM_AT = SECRET_AT + SECRET_LENGTH + 1;
    private static final int CHECKSUM_LENGTH = 6;

    /** How many characters a key has. */
    public static final int LENGTH = CHECKSUM_AT + CHECKSUM_LENGTH;

    private ApiKeyFormat() {}

    /**
     * A key at the one moment it is known.
     *
     * @param kid the public part
     * @param text the whole key, to be shown once and forgotten
     * @param reference SHA-256 of {@code text}: what is kept
     * @param lastFour the last characters of the secret part, by which its owner recognises it
     */
    public record GeneratedKey(String kid, String text, byte[] reference, String lastFour) {

        @Override
        public String toString() {
            return "GeneratedKey[kid=" + kid + ", text=redacted, reference=redacted]";
        }
    }

    /** Makes a new key. */
    public static GeneratedKey generate(SecureRandom random) {
        var kid = draw(random, KID_LENGTH);
        var secret = draw(random, SECRET_LENGTH);
        var checked = prefix(kid) + '_' + secret;
        var text = checked + '_' + checksum(checked);
        return new GeneratedKey(
                kid, text, reference(text), secret.substring(SECRET_LENGTH - 4, SECRET_LENGTH));
    }

    /** The public beginning of the key with that kid, as it is shown in lists. */
    public static String prefix(String kid) {
        return PREFIX + kid;
    }

    /**
     * The kid of what a client presented, or empty if that can't be a key of any appliance: wrong
     * length, characters or checksum.
     */
    public static Optional<String> kid(String presented) {
        if (presented.length() != LENGTH
                || !presented.startsWith(PREFIX)
                || !isAlphanumeric(presented, KID_AT, KID_LENGTH)
                || presented.charAt(SECRET_AT - 1) != '_'
                || !isAlphanumeric(presented, SECRET_AT, SECRET_LENGTH)
                || presented.charAt(CHECKSUM_AT - 1) != '_') {
            return Optional.empty();
        }
        var expected = checksum(presented.substring(0, CHECKSUM_AT - 1));
        return presented.endsWith(expected)
                ? Optional.of(presented.substring(KID_AT, KID_AT + KID_LENGTH))
                : Optional.empty();
    }

    private static byte[] reference(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java runtime has SHA-256", missing);
        }
    }

    /** Six random bits make a character; the two values above the alphabet are drawn again. */
    private static String draw(SecureRandom random, int length) {
        var text = new StringBuilder(length);
        var bytes = new byte[length * 2];
        while (text.length() < length) {
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length && text.length() < length; i++) {
                int value = bytes[i] & 0x3f;
                if (value < BASE) {
                    text.append(ALPHABET.charAt(value));
                }
            }
        }
        Arrays.fill(bytes, (byte) 0);
        return text.toString();
    }

    private static String checksum(String checked) {
        var crc = new CRC32();
        crc.update(checked.getBytes(StandardCharsets.US_ASCII));
        var digits = new char[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % BASE));
            rest /= BASE;
        }
        return new String(digits);
    }

    private static boolean isAlphanumeric(String text, int at, int length) {
        for (int i = at; i < at + length; i++) {
            char c = text.charAt(i);
            boolean known = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            if (!known) {
                return false;
            }
        }
        return true;
    }
}
