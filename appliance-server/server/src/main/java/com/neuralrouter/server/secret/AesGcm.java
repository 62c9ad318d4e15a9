package com.neuralrouter.server.secret;

import java.security.GeneralSecurityException;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM as NIST SP 800-38D has it: 96-bit nonce, 128-bit tag behind the ciphertext. Who calls
 * it never uses a nonce twice under one key.
 */
final class AesGcm {
    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private AesGcm() {}

    static byte[] encrypt(byte[] key, byte[] nonce, byte[] plain, byte[] associated) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(plain);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("AES-256-GCM can't be used", failure);
        }
    }

    /**
     * Throws {@link UnopenableSecret} when the key, the nonce, the associated data or any bit of
     * the ciphertext is another one than at the sealing.
     */
    static byte[] decrypt(byte[] key, byte[] nonce, byte[] sealed, byte[] associated) {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, associated).doFinal(sealed);
        } catch (AEADBadTagException _) {
            throw new UnopenableSecret("it was altered, or belongs to another place or key");
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("AES-256-GCM can't be used", failure);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] associated)
            throws GeneralSecurityException {
        if (key.length != KEY_BYTES || nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException(
                    "a key of " + key.length + " bytes with a nonce of " + nonce.length);
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }
}
