package com.neuralrouter.server.secret;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-XTS as IEEE 1619-2007 has it, for data units of whole blocks: ciphertext stealing, which
 * shorter last blocks would need, is left out because pages have none. The block cipher is the
 * JDK's; what XTS adds to it is here. Used by one thread at a time.
 *
 * <p>A data unit's first mask is its number, encrypted under the second key; each further block's
 * is the one before it times α in GF(2¹²⁸). A block is masked before and after it goes through AES
 * under the first key.
 */
final class AesXts {
    static final int KEY_BYTES = 64;
    static final int BLOCK_BYTES = 16;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** α¹²⁸ = α⁷ + α² + α + 1 (IEEE 1619-2007, 5.2). */
    private static final long REDUCTION = 0x87;

    private final Cipher encryption;
    private final Cipher decryption;
    private final Cipher tweak;
    private byte[] masks = new byte[0];

    /**
     * @param key the key for the data and the key for the masks, 32 bytes each and not the same
     */
    AesXts(byte[] key) {
        try {
            encryption = aes(Cipher.ENCRYPT_MODE, key, 0);
            decryption = aes(Cipher.DECRYPT_MODE, key, 0);
            tweak = aes(Cipher.ENCRYPT_MODE, key, KEY_BYTES / 2);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("AES-256 can't be used", failure);
        }
    }

    private static Cipher aes(int mode, byte[] key, int from) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, from, KEY_BYTES / 2, "AES"));
        return cipher;
    }

    /** Encrypts one data unit in place. */
    void encrypt(byte[] number, byte[] data, int from, int length) {
        transform(encryption, number, data, from, length);
    }

    /** Decrypts one data unit in place. */
    void decrypt(byte[] number, byte[] data, int from, int length) {
        transform(decryption, number, data, from, length);
    }

    private void transform(Cipher aes, byte[] number, byte[] data, int from, int length) {
        try {
            computeMasks(number, length);
            applyMasks(data, from, length);
            aes.update(data, from, length, data, from);
            applyMasks(data, from, length);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("AES-256 can't be used", failure);
        }
    }

    private void computeMasks(byte[] number, int length) throws GeneralSecurityException {
        if (masks.length < length) {
            masks = new byte[length];
        }
        tweak.update(number, 0, BLOCK_BYTES, masks, 0);
        long low = (long) LONGS.get(masks, 0);
        long high = (long) LONGS.get(masks, Long.BYTES);
        for (int at = BLOCK_BYTES; at < length; at += BLOCK_BYTES) {
            long carry = high >> (Long.SIZE - 1) & REDUCTION;
            high = high << 1 | low >>> (Long.SIZE - 1);
            low = low << 1 ^ carry;
            LONGS.set(masks, at, low);
            LONGS.set(masks, at + Long.BYTES, high);
        }
    }

    private void applyMasks(byte[] data, int from, int length) {
        for (int at = 0; at < length; at += Long.BYTES) {
            long masked = (long) LONGS.get(data, from + at) ^ (long) LONGS.get(masks, at);
            LONGS.set(data, from + at, masked);
        }
    }
}
