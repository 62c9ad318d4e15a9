package com.neuralrouter.server.secret;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A 256-bit key that wraps other keys: AES-256-GCM under a key derived from it for that alone, with
 * associated data always. What {@code secret.seal} uses of this room. Used by one thread at a time;
 * wiped by {@link #close()}, after which it refuses.
 *
 * <p>A wrapped key is one byte 1 (the format), a nonce of 12 bytes and the ciphertext with its tag.
 */
public final class AeadKey implements AutoCloseable {
    private static final byte FORMAT = 1;
    private static final String PURPOSE = "seal-wrap";

    private final AesKey key;
    private final SecureRandom random;
    private boolean closed;

    private AeadKey(AesKey key, SecureRandom random) {
        this.key = key;
        this.random = random;
    }

    /** Takes the 32 bytes themselves: the caller must not use them again. */
    public static AeadKey owning(byte[] bytes, SecureRandom random) {
        return new AeadKey(AesKey.owning(bytes), random);
    }

    /** Sixteen bytes that tell this key from any other and nothing about it. */
    public byte[] checkValue() {
        return open().checkValue();
    }

    /** Compares in constant time. */
    public boolean hasCheckValue(byte[] expected) {
        return open().hasCheckValue(expected);
    }

    public byte[] wrap(byte[] plain, byte[] associated) {
        byte[] nonce = new byte[AesGcm.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] derived = open().derive(PURPOSE, AesGcm.KEY_BYTES);
        try {
            byte[] sealed = AesGcm.encrypt(derived, nonce, plain, associated);
            return ByteBuffer.allocate(1 + nonce.length + sealed.length)
                    .put(FORMAT)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    /**
     * The key that was wrapped, which the caller wipes. Throws {@link UnopenableSecret} unless
     * every bit of it and of the associated data is as it was.
     */
    public byte[] unwrap(byte[] wrapped, byte[] associated) {
        if (wrapped.length < 1 + AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES || wrapped[0] != FORMAT) {
            throw new UnopenableSecret("it is not a wrapped key of a known format");
        }
        byte[] nonce = Arrays.copyOfRange(wrapped, 1, 1 + AesGcm.NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(wrapped, 1 + AesGcm.NONCE_BYTES, wrapped.length);
        byte[] derived = open().derive(PURPOSE, AesGcm.KEY_BYTES);
        try {
            return AesGcm.decrypt(derived, nonce, sealed, associated);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "AeadKey[redacted]";
    }

    @Override
    public void close() {
        closed = true;
        key.close();
    }

    private AesKey open() {
        if (closed) {
            throw new IllegalStateException("a key was used after it had been wiped");
        }
        return key;
    }
}
