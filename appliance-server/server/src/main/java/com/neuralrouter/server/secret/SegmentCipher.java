package com.neuralrouter.server.secret;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES256-GCM-HKDF streaming, the format that Tink publishes for long streams (<a
 * href="https://developers.google.com/tink/streaming-aead/aes_gcm_hkdf_streaming">specification</a>),
 * after the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár ("Online
 * Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015): a random salt gives the
 * stream a key of its own (HKDF-SHA256 over the key, the associated data as info), and each
 * segment's nonce holds its number and whether it is the last. So a segment opens in its own place
 * of its own stream only.
 *
 * <p>A stream is a header (1 byte with the header's length, 32 of salt, 7 of nonce prefix) and the
 * segments, each with its tag of 16 bytes. All segments but the last fill {@link #segmentBytes()};
 * the header counts as part of the first. For one thread.
 */
final class SegmentCipher {
    /** What a stream is cut into, tag included. */
    static final int SEGMENT_BYTES = 1 << 20;

    static final int SALT_BYTES = 32;
    static final int PREFIX_BYTES = 7;
    static final int HEADER_BYTES = 1 + SALT_BYTES + PREFIX_BYTES;
    private static final long MOST_SEGMENTS = 1L << 32;

    private final SecretKeySpec key;
    private final byte[] prefix;
    private final int segmentBytes;
    private final Cipher cipher;

    /**
     * @param key stays the caller's, who wipes it
     * @param salt the stream's own, as is {@code prefix}
     */
    SegmentCipher(byte[] key, byte[] associated, byte[] salt, byte[] prefix, int segmentBytes) {
        if (key.length != AesGcm.KEY_BYTES
                || salt.length != SALT_BYTES
                || prefix.length != PREFIX_BYTES
                || segmentBytes <= HEADER_BYTES + AesGcm.TAG_BYTES) {
            throw new IllegalArgumentException("a stream of segments of " + segmentBytes);
        }
        this.key = streamKey(key, associated, salt);
        this.prefix = prefix.clone();
        this.segmentBytes = segmentBytes;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("AES-256-GCM can't be used", failure);
        }
    }

    private static SecretKeySpec streamKey(byte[] key, byte[] associated, byte[] salt) {
        byte[] derived;
        try {
            derived =
                    KDF.getInstance("HKDF-SHA256")
                            .deriveData(
                                    HKDFParameterSpec.ofExtract()
                                            .addIKM(key)
                                            .addSalt(salt)
                                            .thenExpand(associated, AesGcm.KEY_BYTES));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("HKDF-SHA256 can't be used", failure);
        }
        try {
            return new SecretKeySpec(derived, "AES");
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    int segmentBytes() {
        return segmentBytes;
    }

    /** How many bytes the segment with that number has at most, its tag included. */
    int room(long number) {
        return number == 0 ? segmentBytes - HEADER_BYTES : segmentBytes;
    }

    /** Seals a segment; the array holds it from its beginning. */
    int seal(long number, boolean last, byte[] plain, int length, byte[] into) {
        try {
            init(Cipher.ENCRYPT_MODE, number, last);
            return cipher.doFinal(plain, 0, length, into, 0);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("AES-256-GCM can't be used", failure);
        }
    }

    /**
     * Opens a segment and answers with its length; -1 when it is not this stream's at this place.
     */
    int open(long number, boolean last, byte[] sealed, int length, byte[] into) {
        if (length < AesGcm.TAG_BYTES) {
            return -1;
        }
        try {
            init(Cipher.DECRYPT_MODE, number, last);
            return cipher.doFinal(sealed, 0, length, into, 0);
        } catch (AEADBadTagException _) {
            return -1;
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("AES-256-GCM can't be used", failure);
        }
    }

    private void init(int mode, long number, boolean last) throws GeneralSecurityException {
        if (number >= MOST_SEGMENTS) {
            throw new IllegalStateException("a stream of more than 2^32 segments");
        }
        byte[] nonce =
                ByteBuffer.allocate(AesGcm.NONCE_BYTES)
                        .put(prefix)
                        .putInt((int) number)
                        .put((byte) (last ? 1 : 0))
                        .array();
        cipher.init(mode, key, new GCMParameterSpec(AesGcm.TAG_BYTES * Byte.SIZE, nonce));
    }
}
