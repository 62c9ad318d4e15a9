package com.neuralrouter.server.integrity;

import com.neuralrouter.server.secret.MacKey;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes a table's codes: one for each row, and the digest of which rows there are. Each begins
 * with what it is for, every part preceded by its length (4 bytes, big-endian): product, format,
 * kind, table, and for a row the names and types of all columns. For one pass over one table, on
 * one thread.
 */
final class RowCodes {
    private static final String PRODUCT = "neural-router";
    private static final String FORMAT = "1";
    private static final byte ROW = 1;
    private static final byte END = 0;

    private final MacKey.Computation row;
    private final MacKey.Computation table;
    private final byte[] rowHead;
    private long rows;

    RowCodes(MacKey key, DecidingTable of) {
        this.row = key.computation();
        this.table = key.computation();
        this.rowHead = head("row", of);
        table.update(head("table", of));
    }

    /** The code of a row. */
    byte[] of(CanonicalRow content) {
        row.update(rowHead);
        row.update(content.bytes(), 0, content.length());
        return row.end();
    }

    /** Counts a row in, by its key and the code that the store has for it. */
    void count(CanonicalRow content, int keyLength, byte @Nullable [] mac) {
        rows++;
        byte[] code = mac == null ? new byte[0] : mac;
        table.update(new byte[] {ROW});
        table.update(content.bytes(), 0, keyLength);
        table.update(ByteBuffer.allocate(Integer.BYTES).putInt(code.length).array());
        table.update(code);
    }

    /** The digest of the rows that were counted in, in their order. */
    byte[] digest() {
        table.update(new byte[] {END});
        table.update(ByteBuffer.allocate(Long.BYTES).putLong(rows).array());
        return table.end();
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
