package com.neuralrouter.certs.ca;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Pem;

import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What the private key files of a site are encrypted with: PKCS#8 (RFC 5958) under PBES2 with
 * AES-256-CBC and PBKDF2-HMAC-SHA256 (RFC 8018), which openssl reads too. Either a password that a
 * person chose, or a key of the appliance. Immutable until {@link #close} wipes it.
 */
public final class KeyLock implements AutoCloseable {

    /** OWASP's figure for PBKDF2-HMAC-SHA256 is 600 000 (Password Storage Cheat Sheet, 2023). */
    private static final int ITERATIONS_FOR_PASSWORD = 600_000;

    /** A password of 256 random bits cannot be guessed, so that stretching it adds nothing. */
    private static final int ITERATIONS_FOR_KEY = 2_048;

    private final char[] password;
    private final int iterations;

    private KeyLock(char[] password, int iterations) {
        this.password = password;
        this.iterations = iterations;
    }

    /** Locks with a password. */
    public static KeyLock ofPassword(char[] password) {
        if (password.length == 0) {
            throw new CertificateProblem("The password for the private keys is empty.");
        }
        return new KeyLock(password.clone(), ITERATIONS_FOR_PASSWORD);
    }

    /**
     * Locks with a random key that is used for nothing else; it is copied.
     *
     * @param key at least 32 bytes
     */
    public static KeyLock ofKey(byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException("a key that locks others has at least 32 bytes");
        }
        return new KeyLock(HexFormat.of().formatHex(key).toCharArray(), ITERATIONS_FOR_KEY);
    }

    /** Encrypts a key; the result is PEM. */
    public String lock(PrivateKey key) {
        try {
            AlgorithmIdentifier prf =
                    new AlgorithmIdentifier(
                            PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
            PKCS8EncryptedPrivateKeyInfo locked =
                    new JcaPKCS8EncryptedPrivateKeyInfoBuilder(key)
                            .build(
                                    new JcePKCSPBEOutputEncryptorBuilder(
                                                    NISTObjectIdentifiers.id_aes256_CBC)
                                            .setPRF(prf)
                                            .setIterationCount(iterations)
                                            .setProvider(new BouncyCastleProvider())
                                            .build(password));
            return Pem.write(Pem.ENCRYPTED_PRIVATE_KEY, locked.getEncoded());
        } catch (IOException | OperatorCreationException e) {
            throw new CertificateProblem("The private key cannot be encrypted.", e);
        }
    }

    /** Decrypts what {@link #lock} made. */
    public PrivateKey unlock(Pem.Block block) {
        if (!block.label().equals(Pem.ENCRYPTED_PRIVATE_KEY)) {
            throw new CertificateProblem(
                    "Expected an encrypted private key, found '" + block.label() + "'.");
        }
        try {
            byte[] pkcs8 =
                    new PKCS8EncryptedPrivateKeyInfo(block.der())
                            .decryptPrivateKeyInfo(
                                    new JcePKCSPBEInputDecryptorProviderBuilder()
                                            .setProvider(new BouncyCastleProvider())
                                            .build(password))
                            .getEncoded();
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (IOException | PKCSException | GeneralSecurityException e) {
            throw new CertificateProblem(
                    "The private key is damaged, or was encrypted with another password.", e);
        }
    }

    @Override
    public void close() {
        Arrays.fill(password, '\0');
    }

    @Override
    public String toString() {
        return "KeyLock[redacted]";
    }
}
