package com.neuralrouter.server.secret;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Seals what is written to it, however long, in segments as {@link SegmentCipher} describes. Only
 * {@link #finish()} writes the last segment, without which nobody accepts the stream: closing it
 * after a failure leaves nothing that looks whole. For one thread.
 */
public final class SegmentedOutput extends OutputStream {
    private final OutputStream to;
    private final SegmentCipher cipher;
    private final byte[] plain;
    private final byte[] sealed;
    private int held;
    private long number;
    private boolean ended;

    /**
     * Writes the stream's header.
     *
     * @param to closed by {@link #close()}
     * @param key 32 bytes, for such streams alone; stays the caller's, who wipes it
     * @param associated must be the same at the opening
     */
    SegmentedOutput(
            OutputStream to, byte[] key, byte[] associated, SecureRandom random, int segmentBytes)
            throws IOException {
        byte[] salt = new byte[SegmentCipher.SALT_BYTES];
        byte[] prefix = new byte[SegmentCipher.PREFIX_BYTES];
        random.nextBytes(salt);
        random.nextBytes(prefix);
        this.to = to;
        this.cipher = new SegmentCipher(key, associated, salt, prefix, segmentBytes);
        this.plain = new byte[segmentBytes];
        this.sealed = new byte[segmentBytes];
        to.write(SegmentCipher.HEADER_BYTES);
        to.write(salt);
        to.write(prefix);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (ended) {
            throw new IOException("the stream has ended");
        }
        int at = offset;
        int left = length;
        while (left > 0) {
            int room = cipher.room(number) - AesGcm.TAG_BYTES;
            if (held == room) {
                // Only now is it known that this segment is not the last.
                seal(false);
                continue;
            }
            int taken = Math.min(left, room - held);
            System.arraycopy(bytes, at, plain, held, taken);
            held += taken;
            at += taken;
            left -= taken;
        }
    }

    /** Writes the last segment and flushes. The stream takes nothing more. */
    public void finish() throws IOException {
        if (!ended) {
            seal(true);
            ended = true;
            to.flush();
        }
    }

    private void seal(boolean last) throws IOException {
        int length = cipher.seal(number, last, plain, held, sealed);
        to.write(sealed, 0, length);
        number++;
        held = 0;
    }

    /** Without {@link #finish()} before it, leaves a stream that nobody accepts. */
    @Override
    public void close() throws IOException {
        ended = true;
        Arrays.fill(plain, (byte) 0);
        to.close();
    }
}
