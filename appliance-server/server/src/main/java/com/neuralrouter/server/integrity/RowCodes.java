package com.neuralrouter.server.integrity;

import com.neuralrouter.server.secret.MacKey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes codes: one for each row of a table, and the digest of which rows there are. Each begins
 * with what it is for, every part preceded by its length (4 bytes, big-endian): product, format,
 * kind, table, and for a row the names and types of all columns. An object is for the rows of one
 * table, on one thread.
 */
final class RowCodes {
    private static final String PRODUCT = "neural-router";
    private static final String FORMAT = "1";
    private static final byte END = 0;

    private final MacKey.Computation row;
    private final byte[] rowHead;

    RowCodes(MacKey key, DecidingTable of) {
        this.row = key.computation();
        this.rowHead = head("row", of);
    }

    /** The code of a row. */
    byte[] of(CanonicalRow content) {
        row.update(rowHead);
        row.update(content.bytes(), 0, content.length());
        return row.end();
    }

    /**
     * A table's digest.
     *
     * @param entries for each row, in the order of the keys: a 1, the key in its canonical form,
     *     the length of the code that the store has for it, and that code
     */
    static byte[] ofTable(MacKey key, DecidingTable table, byte[] entries, long rows) {
        MacKey.Computation digest = key.computation();
        digest.update(head("table", table));
        digest.update(entries);
        digest.update(new byte[] {END});
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(rows).array());
        return digest.end();
    }

    /** The digest of the site: its own row and the digests of all tables. */
    static byte[] ofSite(MacKey key, CanonicalRow site, List<byte[]> tables) {
        MacKey.Computation whole = key.computation();
        whole.update(head("site", DecidingTables.SITE));
        whole.update(site.bytes(), 0, site.length());
        tables.forEach(whole::update);
        return whole.end();
    }

    private static byte[] head(String kind, DecidingTable table) {
        var parts = new ArrayList<>(List.of(PRODUCT, FORMAT, kind, table.name()));
        parts.add(Integer.toString(table.key().size()));
        for (Column column : table.columns()) {
            parts.add(column.name());
            parts.add(column.type().name());
        }
        List<byte[]> encoded =
                parts.stream().map(part -> part.getBytes(StandardCharsets.UTF_8)).toList();
        var head =
                ByteBuffer.allocate(
                        Integer.BYTES
                                + encoded.stream()
                                        .mapToInt(part -> Integer.BYTES + part.length)
                                        .sum());
        head.putInt(parts.size());
        encoded.forEach(part -> head.putInt(part.length).put(part));
        return head.array();
    }
}
