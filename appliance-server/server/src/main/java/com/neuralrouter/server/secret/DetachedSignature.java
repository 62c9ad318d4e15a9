package com.neuralrouter.server.secret;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Ed25519 signatures (RFC 8032) over files of data that come with a version, or are imported: by
 * keys that are kept apart from the sources. Safe for all threads.
 */
public final class DetachedSignature {
    private static final String ALGORITHM = "Ed25519";

    private DetachedSignature() {}

    /**
     * A built-in key. Throws {@link IllegalStateException} if it is none.
     *
     * @param spki a SubjectPublicKeyInfo in Base64
     */
    public static PublicKey key(String spki) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(
                            new X509EncodedKeySpec(Base64.getDecoder().decode(spki.strip())));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new IllegalStateException("the built-in key can't be read", unreadable);
        }
    }

    /** Whether that is the key's signature of the file's bytes. */
    public static boolean isOf(PublicKey key, byte[] file, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(file);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
