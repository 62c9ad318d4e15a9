package com.neuralrouter.server.integrity;

import java.security.MessageDigest;
import java.util.HexFormat;

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

    /** The site's version. */
    public long version() {
        return version;
    }

    /** The authenticated digest over all rows that decide, in hexadecimal. */
    public String digest() {
        return HexFormat.of().formatHex(whole);
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
