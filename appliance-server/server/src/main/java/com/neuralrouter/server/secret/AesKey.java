package com.neuralrouter.server.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * A 256-bit key that seals other things. Its bytes are never used directly: for each purpose, the
 * check value included, a key of its own is derived with HKDF-SHA256 (RFC 5869). Wiped by {@link
 * #close()}; used by one thread at a time.
 */
final class AesKey implements AutoCloseable {
    private static final String LABEL = "neural-router/v1/";
    private static final int CHECK_BYTES = 16;

    private final byte[] bytes;

    private AesKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array itself. */
    static AesKey owning(byte[] bytes) {
        if (bytes.length != AesGcm.KEY_BYTES) {
            throw new IllegalArgumentException("a key of " + bytes.length + " bytes");
        }
        return new AesKey(bytes);
    }

    static AesKey random(SecureRandom random) {
        byte[] bytes = new byte[AesGcm.KEY_BYTES];
        random.nextBytes(bytes);
        return new AesKey(bytes);
    }

    /** Tells this key from any other and nothing about it. */
    byte[] checkValue() {
        return checkValue(bytes);
    }

    /** The same for a key of another length than 256 bits. */
    static byte[] checkValue(byte[] key) {
        return derive(key, "key-check", CHECK_BYTES);
    }

    boolean hasCheckValue(byte[] expected) {
        return MessageDigest.isEqual(checkValue(), expected);
    }

    SealedSecret seal(
            String purpose, int keyVersion, byte[] plain, byte[] associated, SecureRandom random) {
        byte[] nonce = new byte[AesGcm.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] key = derive(purpose, AesGcm.KEY_BYTES);
        try {
            return new SealedSecret(
                    keyVersion, nonce, AesGcm.encrypt(key, nonce, plain, associated));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    byte[] open(String purpose, SealedSecret sealed, byte[] associated) {
        byte[] key = derive(purpose, AesGcm.KEY_BYTES);
        try {
            return AesGcm.decrypt(key, sealed.nonce(), sealed.ciphertext(), associated);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** For another key that is sealed under this one. */
    byte[] copy() {
        return bytes.clone();
    }

    byte[] derive(String purpose, int length) {
        return derive(bytes, purpose, length);
    }

    private static byte[] derive(byte[] key, String purpose, int length) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(key)
                                    .thenExpand(
                                            (LABEL + purpose).getBytes(StandardCharsets.UTF_8),
                                            length));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("HKDF-SHA256 can't be used", failure);
        }
    }

    @Override
    public String toString() {
        return "AesKey[redacted]";
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }
}
