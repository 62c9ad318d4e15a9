package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.secret.SecretBytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * One holder's share of a key. Printed it is version (1 byte), set (4), threshold (1), index (1),
 * the share's 32 bytes and the first 6 bytes of a SHA-256 over a label and what is before, as
 * {@link ShareText} has it: 18 groups of 5 characters.
 *
 * @param set which split of which key it belongs to
 * @param threshold how many shares open the seal
 * @param index from 1
 */
record Share(int set, int threshold, int index, SecretBytes value) implements AutoCloseable {
    static final int VALUE_BYTES = 32;

    private static final byte VERSION = 1;
    private static final int CHECKED_BYTES = 1 + Integer.BYTES + 1 + 1 + VALUE_BYTES;
    private static final int CHECKSUM_BYTES = 6;
    private static final byte[] LABEL =
            "neural-router/share/v1".getBytes(StandardCharsets.US_ASCII);

    /** Printable, for its holder; the caller wipes it. */
    SecretBytes printed() {
        byte[] bytes = new byte[CHECKED_BYTES + CHECKSUM_BYTES];
        ByteBuffer.wrap(bytes).put(VERSION).putInt(set).put((byte) threshold).put((byte) index);
        value.copyTo(bytes, CHECKED_BYTES - VALUE_BYTES);
        System.arraycopy(checksum(bytes), 0, bytes, CHECKED_BYTES, CHECKSUM_BYTES);
        try {
            return SecretBytes.owning(ShareText.written(bytes));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Reads what was printed; throws {@link SealRefused} with what is wrong with it. */
    static Share read(SecretBytes printed) {
        byte[] text = printed.copy();
        byte[] bytes = new byte[0];
        try {
            bytes = ShareText.read(text, CHECKED_BYTES + CHECKSUM_BYTES);
            byte[] checksum = Arrays.copyOfRange(bytes, CHECKED_BYTES, bytes.length);
            if (!MessageDigest.isEqual(checksum, checksum(bytes))) {
                throw new SealRefused(
                        "The share's checksum is wrong: more than one group is mistyped; nothing"
                                + " was kept.");
            }
            if (bytes[0] != VERSION) {
                throw new SealRefused(
                        "The share is of format %d; this appliance knows format %d."
                                .formatted(bytes[0], VERSION));
            }
            ByteBuffer fields = ByteBuffer.wrap(bytes, 1, CHECKED_BYTES - 1);
            int set = fields.getInt();
            int threshold = fields.get() & 0xFF;
            int index = fields.get() & 0xFF;
            return new Share(
                    set,
                    threshold,
                    index,
                    SecretBytes.owning(
                            Arrays.copyOfRange(bytes, CHECKED_BYTES - VALUE_BYTES, CHECKED_BYTES)));
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "Share[" + index + "]";
    }

    @Override
    public void close() {
        value.close();
    }

    private static byte[] checksum(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(LABEL);
            digest.update(bytes, 0, CHECKED_BYTES);
            return Arrays.copyOf(digest.digest(), CHECKSUM_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
