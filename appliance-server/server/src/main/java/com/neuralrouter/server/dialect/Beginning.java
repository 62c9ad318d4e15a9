package com.neuralrouter.server.dialect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Where a request's conversation says what every later request of the same conversation says again:
 * its tools, its system prompt and its first message. Content: it is hashed where it lies, and
 * nothing of it is copied or kept. Used by the request's thread.
 */
public final class Beginning {
    /** Of tools and of a system prompt: what differs only behind that goes to the same place. */
    static final int MOST = 16 << 10;

    /** Of the first message, which may end in what is asked of a text that many ask about. */
    static final int MOST_OF_MESSAGE = 1 << 10;

    /** Of a request of which it is not known. */
    public static final Beginning UNKNOWN = new Beginning(new byte[0], List.of());

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long PRIME = 0x9e3779b97f4a7c15L;

    private final byte[] body;
    private final List<Range> parts;

    /**
     * @param parts in the order in which they stand in the body
     */
    Beginning(byte[] body, List<Range> parts) {
        this.body = body;
        this.parts = List.copyOf(parts);
    }

    /**
     * A hash of it that tells nothing to who does not have the key; 0 if nothing is known. No MAC:
     * who makes two beginnings collide has made two of his own requests go to one place.
     */
    public long hash(long key) {
        if (parts.isEmpty()) {
            return 0;
        }
        long hash = key;
        for (Range part : parts) {
            hash = hash(part.from(), part.to(), hash);
        }
        return hash == 0 ? 1 : hash;
    }

    private long hash(int from, int to, long before) {
        long hash = before ^ PRIME;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = mixed(hash, (long) LONGS.get(body, at));
        }
        long rest = to - from;
        for (; at < to; at++) {
            rest = rest << 8 | body[at] & 0xff;
        }
        return mixed(hash, rest);
    }

    /** A multiplication to 128 bits, folded, as in wyhash (Wang Yi, 2019). */
    private static long mixed(long hash, long word) {
        long one = hash ^ word;
        long other = Long.rotateLeft(hash, 32) ^ PRIME;
        return Math.multiplyHigh(one, other) ^ one * other ^ word;
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Beginning[parts=" + parts.size() + "]";
    }
}
