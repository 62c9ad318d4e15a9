package com.neuralrouter.server.audit.log;

import java.nio.ByteBuffer;

/**
 * How far the log has taken up what others number: the highest numbers of its entries so far.
 *
 * @param outbox of the store's outbox, see {@link Draft#outbox()}
 * @param requests of the inference requests, see {@link Draft#request()}
 */
record Marks(long outbox, long requests) {
    static final Marks NONE = new Marks(0, 0);
    static final int BYTES = 2 * Long.BYTES;

    /** With an entry's numbers. Throws {@link IllegalArgumentException} if one doesn't go up. */
    Marks with(Draft draft) {
        return new Marks(
                higher("outbox number", outbox, draft.outbox()),
                higher("request", requests, draft.request()));
    }

    private static long higher(String what, long mark, long number) {
        if (number != 0 && number <= mark) {
            throw new IllegalArgumentException(what + " " + number + " comes after " + mark);
        }
        return Math.max(mark, number);
    }

    boolean isBehind(Marks other) {
        return outbox < other.outbox || requests < other.requests;
    }

    void putTo(ByteBuffer bytes) {
        bytes.putLong(outbox).putLong(requests);
    }

    static Marks of(ByteBuffer bytes) {
        long outbox = bytes.getLong();
        return new Marks(outbox, bytes.getLong());
    }
}
