package com.neuralrouter.server.secret;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Opens what {@link SegmentedOutput} sealed. No byte of a segment is handed out before the whole
 * segment is authenticated, and the end is reported only behind the segment that was sealed as the
 * last: who has read to the end has read exactly what was written. Throws {@link StreamRefused},
 * then and at each later read. For one thread.
 */
public final class SegmentedInput extends InputStream {
    /** How far away a segment that is out of place is looked for, in both directions. */
    private static final int PLACES_TRIED = 128;

    private final InputStream from;
    private final SegmentCipher cipher;
    private final byte[] sealed;
    private final byte[] plain;

    /** The first byte of the next segment, read to know whether there is one; -1 if not. */
    private int ahead;

    private int at;
    private int held;
    private long number;
    private boolean ended;

    /**
     * Reads the stream's header.
     *
     * @param from closed by {@link #close()}
     * @param key stays the caller's, who wipes it
     */
    SegmentedInput(InputStream from, byte[] key, byte[] associated, int segmentBytes)
            throws IOException {
        byte[] header = from.readNBytes(SegmentCipher.HEADER_BYTES);
        if (header.length < SegmentCipher.HEADER_BYTES) {
            throw new StreamRefused(StreamRefused.Fault.TRUNCATED, 0);
        }
        if (header[0] != SegmentCipher.HEADER_BYTES) {
            throw new StreamRefused(StreamRefused.Fault.ALTERED, 0);
        }
        int prefixAt = 1 + SegmentCipher.SALT_BYTES;
        this.from = from;
        this.cipher =
                new SegmentCipher(
                        key,
                        associated,
                        Arrays.copyOfRange(header, 1, prefixAt),
                        Arrays.copyOfRange(header, prefixAt, header.length),
                        segmentBytes);
        this.sealed = new byte[segmentBytes];
        this.plain = new byte[segmentBytes];
        this.ahead = from.read();
    }

    @Override
    public int read() throws IOException {
        return fill() ? plain[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int taken = Math.min(length, held - at);
        System.arraycopy(plain, at, into, offset, taken);
        at += taken;
        return taken;
    }

    private boolean fill() throws IOException {
        while (at == held) {
            if (ended) {
                return false;
            }
            next();
        }
        return true;
    }

    private void next() throws IOException {
        if (ahead < 0) {
            throw new StreamRefused(StreamRefused.Fault.TRUNCATED, number);
        }
        int room = cipher.room(number);
        sealed[0] = (byte) ahead;
        int length = 1 + from.readNBytes(sealed, 1, room - 1);
        int following = length < room ? -1 : from.read();
        boolean last = following < 0;
        int opened = cipher.open(number, last, sealed, length, plain);
        if (opened < 0) {
            throw refusal(last, length);
        }
        ahead = following;
        at = 0;
        held = opened;
        number++;
        ended = last;
    }

    /** Says why the segment did not open, as well as that can be found out. */
    private StreamRefused refusal(boolean last, int length) {
        // What is found here is not handed out.
        byte[] scratch = new byte[plain.length];
        if (cipher.open(number, !last, sealed, length, scratch) >= 0) {
            return last
                    ? new StreamRefused(StreamRefused.Fault.TRUNCATED, number + 1)
                    : new StreamRefused(StreamRefused.Fault.CONTINUED, number + 1);
        }
        long first = Math.max(0, number - PLACES_TRIED);
        for (long place = first; place <= number + PLACES_TRIED; place++) {
            if (cipher.open(place, false, sealed, length, scratch) >= 0
                    || cipher.open(place, true, sealed, length, scratch) >= 0) {
                return new StreamRefused(StreamRefused.Fault.MISPLACED, number, place);
            }
        }
        return new StreamRefused(StreamRefused.Fault.ALTERED, number);
    }

    @Override
    public void close() throws IOException {
        Arrays.fill(plain, (byte) 0);
        at = 0;
        held = 0;
        from.close();
    }
}
