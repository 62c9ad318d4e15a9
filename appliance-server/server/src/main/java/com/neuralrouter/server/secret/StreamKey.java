package com.neuralrouter.server.secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A 256-bit key for long streams and for nothing else, as backups are sealed with. Wiped by {@link
 * #close()}; its owner sees to it that no other thread uses it then.
 */
public final class StreamKey implements AutoCloseable {
    private final byte[] bytes;
    private final int segmentBytes;

    private StreamKey(byte[] bytes, int segmentBytes) {
        this.bytes = bytes;
        this.segmentBytes = segmentBytes;
    }

    /** Takes the array itself: the caller must not use it again. */
    public static StreamKey owning(byte[] bytes) {
        return owning(bytes, SegmentCipher.SEGMENT_BYTES);
    }

    /**
     * The same with segments of another size than 1 MiB: who opens a stream must know the size, as
     * it must know the key.
     */
    public static StreamKey owning(byte[] bytes, int segmentBytes) {
        if (bytes.length != AesGcm.KEY_BYTES) {
            throw new IllegalArgumentException("a key of " + bytes.length + " bytes");
        }
        return new StreamKey(bytes, segmentBytes);
    }

    /** 16 bytes that tell this key from any other and nothing about it. */
    public byte[] checkValue() {
        try (AesKey copy = AesKey.owning(bytes.clone())) {
            return copy.checkValue();
        }
    }

    /**
     * Seals what is written to the result, which closes {@code to}; see {@link SegmentedOutput}.
     */
    public SegmentedOutput seal(OutputStream to, byte[] associated, SecureRandom random)
            throws IOException {
        return new SegmentedOutput(to, bytes, associated, random, segmentBytes);
    }

    /** Opens what was sealed; see {@link SegmentedInput}. The result closes {@code from}. */
    public SegmentedInput open(InputStream from, byte[] associated) throws IOException {
        return new SegmentedInput(from, bytes, associated, segmentBytes);
    }

    @Override
    public String toString() {
        return "StreamKey[redacted]";
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }
}
