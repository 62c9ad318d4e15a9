package com.neuralrouter.server.secret;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A secret in memory: bytes that are wiped on {@link #close()}, never shown by {@link #toString()}
 * and compared in constant time. Safe for all threads as long as nobody closes it while it is read;
 * the owner closes it, nobody else.
 */
public final class SecretBytes implements AutoCloseable {
    private final byte[] bytes;
    private volatile boolean closed;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies the bytes; the caller goes on owning, and wipes, its own. */
    public static SecretBytes copyOf(byte[] bytes) {
        return new SecretBytes(bytes.clone());
    }

    /** Takes the array itself: the caller must not use it again. */
    public static SecretBytes owning(byte[] bytes) {
        return new SecretBytes(bytes);
    }

    public int length() {
        return bytes.length;
    }

    /**
     * A copy of the bytes, which the caller wipes. Throws {@link IllegalStateException} after
     * {@link #close()}.
     */
    public byte[] copy() {
        return open().clone();
    }

    /**
     * Copies the bytes into {@code into} from {@code at} on, and returns the index after the last.
     */
    public int copyTo(byte[] into, int at) {
        System.arraycopy(open(), 0, into, at, bytes.length);
        return at + bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretBytes that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The same for all of one length: a hash of the content would tell something about it. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "SecretBytes[redacted]";
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    private byte[] open() {
        if (closed) {
            throw new IllegalStateException("a secret was used after it had been wiped");
        }
        return bytes;
    }
}
