package com.neuralrouter.certs.trust;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names a public key by the SHA-256 of its SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7; the
 * same bytes that RFC 7469 pins). A renewed certificate over the same key has the same fingerprint.
 */
public final class Fingerprints {

    /** The length of a pin in bytes: to meet one takes 2^128 attempts. */
    public static final int PIN_BYTES = 16;

    private Fingerprints() {}

    /** Lower-case hex, 64 characters. */
    public static String of(PublicKey key) {
        return HexFormat.of().formatHex(sha256(key));
    }

    /** The fingerprint of the certificate's key. */
    public static String of(X509Certificate certificate) {
        return of(certificate.getPublicKey());
    }

    /** The first {@link #PIN_BYTES} bytes: what an enrolment code carries of the site's root. */
    public static byte[] pin(X509Certificate certificate) {
        return Arrays.copyOf(sha256(certificate.getPublicKey()), PIN_BYTES);
    }

    private static byte[] sha256(PublicKey key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
