package com.neuralrouter.server.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The key under which an append-only log lies on the disk; each segment of it has one of its own,
 * derived with HKDF-SHA256 (RFC 5869) from this one and a random salt. Safe for all threads until
 * its owner wipes it with {@link #close()}.
 */
public final class LogKey implements AutoCloseable {
    /** Bytes of a segment's salt. */
    public static final int SALT_BYTES = 32;

    private static final byte[] LABEL =
            "neural-router/v1/audit-segment".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;

    private LogKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the 32 bytes themselves: the caller must not use them again. */
    public static LogKey owning(byte[] bytes) {
        if (bytes.length != AesGcm.KEY_BYTES) {
            throw new IllegalArgumentException("a key of " + bytes.length + " bytes");
        }
        return new LogKey(bytes);
    }

    /** The key of the segment with that salt; the caller closes it. */
    public LogSegmentKey segment(byte[] salt) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt of " + salt.length + " bytes");
        }
        try {
            return new LogSegmentKey(
                    KDF.getInstance("HKDF-SHA256")
                            .deriveData(
                                    HKDFParameterSpec.ofExtract()
                                            .addIKM(bytes)
                                            .addSalt(salt)
                                            .thenExpand(LABEL, AesGcm.KEY_BYTES)));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("HKDF-SHA256 can't be used", failure);
        }
    }

    @Override
    public String toString() {
        return "LogKey[redacted]";
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }
}
