package com.neuralrouter.server.secret;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A secret under AES-256-GCM, as it lies in a column: format (1 byte, now 1), key version (4 bytes,
 * big-endian), nonce (12), ciphertext with its tag.
 */
public final class SealedSecret {
    private static final byte FORMAT = 1;
    private static final int HEAD_BYTES = 1 + Integer.BYTES + AesGcm.NONCE_BYTES;

    private final int keyVersion;
    private final byte[] nonce;
    private final byte[] ciphertext;

    SealedSecret(int keyVersion, byte[] nonce, byte[] ciphertext) {
        this.keyVersion = keyVersion;
        this.nonce = nonce;
        this.ciphertext = ciphertext;
    }

    /** Reads a column. Throws {@link UnopenableSecret} when it has another form. */
    public static SealedSecret of(byte[] column) {
        if (column.length < HEAD_BYTES + AesGcm.TAG_BYTES || column[0] != FORMAT) {
            throw new UnopenableSecret("it has no form that this version knows");
        }
        return new SealedSecret(
                ByteBuffer.wrap(column).getInt(1),
                Arrays.copyOfRange(column, 1 + Integer.BYTES, HEAD_BYTES),
                Arrays.copyOfRange(column, HEAD_BYTES, column.length));
    }

    /** The column's bytes. */
    public byte[] column() {
        return ByteBuffer.allocate(HEAD_BYTES + ciphertext.length)
                .put(FORMAT)
                .putInt(keyVersion)
                .put(nonce)
                .put(ciphertext)
                .array();
    }

    /** The version of the key under which it was sealed. */
    public int keyVersion() {
        return keyVersion;
    }

    byte[] nonce() {
        return nonce;
    }

    byte[] ciphertext() {
        return ciphertext;
    }

    @Override
    public String toString() {
        return "SealedSecret[redacted]";
    }
}
