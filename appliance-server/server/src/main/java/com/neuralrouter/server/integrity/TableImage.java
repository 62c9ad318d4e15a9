package com.neuralrouter.server.integrity;

import com.neuralrouter.server.secret.MacKey;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which rows a table has, in memory: each row's primary key and code, in the keys' order, exactly
 * the bytes that the table's digest is over. Made of rows that were verified, so whoever holds one
 * need not read a table again to know what has to be in it. Immutable.
 */
final class TableImage {
    private static final int HEAD = 1;
    private static final int CODE = MacKey.BYTES;

    private final DecidingTable table;
    private final byte[] digest;
    private final int keyLength;
    private final int entry;

    /** One after another: a 1, the key in its canonical form, the code's length, the code. */
    private final byte[] entries;

    private TableImage(MacKey key, DecidingTable table, byte[] entries) {
        this.table = table;
        this.entries = entries;
        this.keyLength = CanonicalRow.keyLength(table);
        this.entry = HEAD + keyLength + Integer.BYTES + CODE;
        if (entries.length % entry != 0) {
            throw new IllegalStateException(
                    entries.length + " bytes are no rows of " + table.name());
        }
        this.digest = RowCodes.ofTable(key, table, entries, rows());
    }

    /** Collects rows in the order of their keys. */
    static final class Collector {
        private byte[] entries = new byte[4096];
        private int length;
        private long rows;

        void add(CanonicalRow content, int keyLength, byte[] code) {
            int more = HEAD + keyLength + Integer.BYTES + code.length;
            if (length + more > entries.length) {
                entries = Arrays.copyOf(entries, Math.max(2 * entries.length, length + more));
            }
            var to = ByteBuffer.wrap(entries, length, more);
            to.put((byte) 1).put(content.bytes(), 0, keyLength).putInt(code.length).put(code);
            length += more;
            rows++;
        }

        /** The digest of the rows so far, whatever they have for codes. */
        byte[] digest(MacKey key, DecidingTable table) {
            return RowCodes.ofTable(key, table, Arrays.copyOf(entries, length), rows);
        }

        /** Every row must have had a code of its full length. */
        TableImage image(MacKey key, DecidingTable table) {
            return new TableImage(key, table, Arrays.copyOf(entries, length));
        }
    }

    DecidingTable table() {
        return table;
    }

    byte[] digest() {
        return digest.clone();
    }

    boolean hasDigest(byte[] other) {
        return Arrays.equals(digest, other);
    }

    int rows() {
        return entries.length / entry;
    }

    /** The code of the row with that key in its canonical form; empty if there is no such row. */
    byte[] code(byte[] key) {
        int at = firstFrom(key);
        return at < rows() && compareKey(at, key) == 0
                ? Arrays.copyOfRange(entries, (at + 1) * entry - CODE, (at + 1) * entry)
                : new byte[0];
    }

    /** How many rows have a key that begins so and are not among those others. */
    int rowsBelow(byte[] beginning, KeyRanges others) {
        int found = 0;
        for (int at = firstFrom(beginning); at < rows() && compareKey(at, beginning) == 0; at++) {
            if (others.isEmpty() || !others.covers(keyAt(at))) {
                found++;
            }
        }
        return found;
    }

    /** The table with other rows in the place of those. */
    TableImage with(MacKey key, KeyRanges replaced, Map<Key, byte[]> codes) {
        var copy = new Copy(codes);
        int from = 0;
        for (byte[] gone : replaced.inOrder()) {
            int to = firstFrom(gone);
            copy.rows(from, to);
            from = to;
            while (from < rows() && compareKey(from, gone) == 0) {
                from++;
            }
        }
        copy.rows(from, rows());
        return new TableImage(key, table, Arrays.copyOf(copy.to.array(), copy.to.position()));
    }

    /** Copies runs of rows, in their order, and puts new ones to their places among them. */
    private final class Copy {
        private final Map<Key, byte[]> codes;
        private final List<Key> added;
        private final ByteBuffer to;
        private int next;

        Copy(Map<Key, byte[]> codes) {
            this.codes = codes;
            this.added = codes.keySet().stream().sorted().toList();
            this.to = ByteBuffer.allocate(entries.length + added.size() * entry);
        }

        void rows(int from, int end) {
            int begin = from;
            while (next < added.size() && isUpTo(end, added.get(next))) {
                int at = Math.max(begin, firstFrom(added.get(next).bytes()));
                to.put(entries, begin * entry, (at - begin) * entry);
                put(to, added.get(next), codes);
                begin = at;
                next++;
            }
            to.put(entries, begin * entry, (end - begin) * entry);
        }

        private boolean isUpTo(int end, Key key) {
            return end == TableImage.this.rows() || firstFrom(key.bytes()) <= end;
        }
    }

    private static void put(ByteBuffer to, Key key, Map<Key, byte[]> codes) {
        byte[] code = codes.getOrDefault(key, new byte[0]);
        to.put((byte) 1).put(key.bytes()).putInt(code.length).put(code);
    }

    /**
     * The first values of the keys of all rows that are in one of the two only, or differ. For
     * tables whose key begins with a UUID.
     */
    List<UUID> differences(TableImage older) {
        var found = new ArrayList<UUID>();
        int here = 0;
        int there = 0;
        while (here < rows() || there < older.rows()) {
            int same = sameBytes(here * entry, older, there * entry) / entry;
            here += same;
            there += same;
            int order = order(here, older, there);
            if (order <= 0 && here < rows()) {
                found.add(uuid(keyAt(here++)));
            }
            if (order > 0) {
                found.add(uuid(older.keyAt(there)));
            }
            if (order >= 0 && there < older.rows()) {
                there++;
            }
        }
        return found;
    }

    private int sameBytes(int from, TableImage older, int olderFrom) {
        int end =
                Arrays.mismatch(
                        entries,
                        from,
                        entries.length,
                        older.entries,
                        olderFrom,
                        older.entries.length);
        return end < 0 ? entries.length - from : end;
    }

    /** Which of two rows comes first; one behind the end comes last. */
    private int order(int here, TableImage older, int there) {
        if (here == rows() || there == older.rows()) {
            return Boolean.compare(here == rows(), there == older.rows());
        }
        return compareKey(here, older.keyAt(there));
    }

    private static UUID uuid(byte[] key) {
        var from = ByteBuffer.wrap(key, 1 + Integer.BYTES, 2 * Long.BYTES);
        return new UUID(from.getLong(), from.getLong());
    }

    private byte[] keyAt(int at) {
        return Arrays.copyOfRange(entries, at * entry + HEAD, at * entry + HEAD + keyLength);
    }

    /** The first row whose key is not before that one, or beginning of one. */
    private int firstFrom(byte[] key) {
        int low = 0;
        int high = rows();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compareKey(middle, key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** By as much of the key as is given, in the order in which both databases sort. */
    private int compareKey(int at, byte[] key) {
        int from = at * entry + HEAD;
        return Arrays.compareUnsigned(entries, from, from + key.length, key, 0, key.length);
    }

    /** A primary key in its canonical form. */
    record Key(byte[] bytes) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return Arrays.compareUnsigned(bytes, other.bytes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
