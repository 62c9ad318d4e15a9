package com.neuralrouter.server.secret;

import java.util.Arrays;

/**
 * The key of one segment of a log: AES-256-GCM. Safe for all threads until its owner wipes it with
 * {@link #close()}.
 */
public final class LogSegmentKey implements AutoCloseable {
    /** Bytes of a nonce; no two calls of {@link #seal} may be given the same one. */
    public static final int NONCE_BYTES = AesGcm.NONCE_BYTES;

    /** By how much the ciphertext is longer than the plain text. */
    public static final int TAG_BYTES = AesGcm.TAG_BYTES;

    private final byte[] bytes;

    LogSegmentKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The ciphertext with its tag behind it. */
    public byte[] seal(byte[] nonce, byte[] plain, byte[] associated) {
        return AesGcm.encrypt(bytes, nonce, plain, associated);
    }

    /** Throws {@link UnopenableSecret} unless every bit of all three is as it was sealed. */
    public byte[] open(byte[] nonce, byte[] sealed, byte[] associated) {
        return AesGcm.decrypt(bytes, nonce, sealed, associated);
    }

    @Override
    public String toString() {
        return "LogSegmentKey[redacted]";
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }
}
