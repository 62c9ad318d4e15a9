package com.neuralrouter.server.integrity;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The site's digest as it lies in its column: format (1 byte, now 1), the digest of each table in
 * the order of {@link DecidingTables#ALL}, and the digest of the whole, which authenticates them. A
 * table's own digest tells in which table something is wrong, and need not be computed again when a
 * change touched other tables.
 *
 * @param tables 32 bytes each
 * @param whole 32 bytes
 */
record SiteDigest(List<byte[]> tables, byte[] whole) {
    private static final byte FORMAT = 1;
    private static final int BYTES = 32;

    SiteDigest {
        tables = List.copyOf(tables);
    }

    /** Empty if the column has another form, or nothing. */
    static Optional<SiteDigest> read(byte @Nullable [] column) {
        int count = DecidingTables.ALL.size();
        if (column == null || column.length != 1 + (count + 1) * BYTES || column[0] != FORMAT) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(column, 1, column.length - 1);
        var tables = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            tables.add(next(buffer));
        }
        return Optional.of(new SiteDigest(tables, next(buffer)));
    }

    private static byte[] next(ByteBuffer buffer) {
        byte[] digest = new byte[BYTES];
        buffer.get(digest);
        return digest;
    }

    byte[] column() {
        var buffer = ByteBuffer.allocate(1 + (tables.size() + 1) * BYTES).put(FORMAT);
        tables.forEach(buffer::put);
        return buffer.put(whole).array();
    }
}
