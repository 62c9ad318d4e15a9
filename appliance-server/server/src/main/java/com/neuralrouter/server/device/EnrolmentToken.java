package com.neuralrouter.server.device;

import com.neuralrouter.certs.trust.EnrolmentCode;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The secret part of an enrolment code: 16 random bytes. The first 4 only find the invitation,
 * which lets wrong guesses be counted against it; the other 12 are the secret. The store has a hash
 * of the whole, which needs no stretching, as nobody can guess 96 random bits.
 */
record EnrolmentToken(byte[] bytes) {
    private static final int SELECTOR_BYTES = 4;

    static EnrolmentToken draw() {
        byte[] bytes = new byte[EnrolmentCode.TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new EnrolmentToken(bytes);
    }

    /** Reads the wire form, base64url; empty if it cannot be a token. */
    static Optional<EnrolmentToken> read(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length == EnrolmentCode.TOKEN_BYTES
                    ? Optional.of(new EnrolmentToken(bytes))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    String selector() {
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, SELECTOR_BYTES));
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnrolmentToken(byte[] theirs)
                && MessageDigest.isEqual(bytes, theirs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "EnrolmentToken[redacted]";
    }
}
