package com.neuralrouter.server.audit.log;

import com.neuralrouter.server.secret.LogKey;
import com.neuralrouter.tlog.TreeHash;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * The first 80 bytes of a segment, a file of the folder {@code entries} named after the first
 * entry's sequence: 8 bytes of mark, which is also the format, 32 of salt, 8 with the first entry's
 * sequence, 32 with the root of the tree before it. Numbers are big-endian here and in the records
 * that follow ({@link RecordHead}). The header is plain; every record is bound to it.
 *
 * <p>A segment is begun when the log has been opened, when the one before is full, and after a
 * failure; it then has a new salt and so a new key.
 */
record SegmentHeader(byte[] salt, long first, byte[] root) {
    static final int BYTES = 16 + LogKey.SALT_BYTES + TreeHash.LENGTH;
    static final String FOLDER = "entries";
    static final String SUFFIX = ".log";

    /** "NRAUDIT1". */
    private static final long MARK = 0x4e52_4155_4449_5431L;

    /** The name of the segment that begins with the entry. */
    static String name(long first) {
        return String.format(Locale.ROOT, "%s/%020d%s", FOLDER, first, SUFFIX);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(MARK).put(salt).putLong(first).put(root).array();
    }

    /** Null if it isn't one. */
    static @Nullable SegmentHeader of(ByteBuffer bytes) {
        if (bytes.remaining() < BYTES || bytes.getLong() != MARK) {
            return null;
        }
        byte[] salt = new byte[LogKey.SALT_BYTES];
        byte[] root = new byte[TreeHash.LENGTH];
        bytes.get(salt);
        long first = bytes.getLong();
        bytes.get(root);
        return new SegmentHeader(salt, first, root);
    }
}
