package com.neuralrouter.server.integrity;

import java.security.MessageDigest;

/**
 * The newest state of the site that was verified so far. Taken before a transaction begins, it is
 * what that transaction has to find, or something newer.
 */
public final class Seen {
    static final Seen NOTHING = new Seen(-1, new byte[0]);

    private final long version;
    private final byte[] whole;

    Seen(long version, byte[] whole) {
        this.version = version;
        this.whole = whole;
    }

    static Seen newer(Seen one, Seen other) {
        return other.version > one.version ? other : one;
    }

    /** Whether a state is older, or another one of the same number. */
    boolean contradicts(Seen found) {
        return found.version < version
                || found.version == version && !MessageDigest.isEqual(found.whole, whole);
    }
}
