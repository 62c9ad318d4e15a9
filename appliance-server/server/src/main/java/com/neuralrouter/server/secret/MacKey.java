package com.neuralrouter.server.secret;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key by which the appliance knows what it wrote itself: HMAC-SHA256 (RFC 2104, FIPS 198-1) under
 * 32 bytes that serve no other purpose. Wiped by {@link #close()}; safe for all threads before.
 */
public final class MacKey implements AutoCloseable {
    public static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] bytes;

    private MacKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array itself: the caller must not use it again. */
    public static MacKey owning(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key of " + bytes.length + " bytes");
        }
        return new MacKey(bytes);
    }

    public Computation computation() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            return new Computation(mac);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("HMAC-SHA256 can't be used", failure);
        }
    }

    /** Codes of 32 bytes, one after another; for one thread. */
    public static final class Computation {
        private final Mac mac;

        private Computation(Mac mac) {
            this.mac = mac;
        }

        public void update(byte[] more) {
            mac.update(more);
        }

        public void update(byte[] more, int from, int length) {
            mac.update(more, from, length);
        }

        /** The code of all that was given since the last call. */
        public byte[] end() {
            return mac.doFinal();
        }
    }

    @Override
    public String toString() {
        return "MacKey[redacted]";
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }
}
