package com.neuralrouter.server.backup;

import com.neuralrouter.server.backup.Content.Rows;
import com.neuralrouter.server.backup.Content.Unsound;
import com.neuralrouter.server.store.Database;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Puts a backup's tables into a new store that has the schema of the backup's version, and reads
 * back what the store then holds. For one thread.
 */
final class Loader implements Content.Visitor {
    /** In one transaction, whose pages are in memory until they are on the disk. */
    private static final int ROWS = 2_000;

    private final Database into;
    private final Predicate<String> expected;
    private final FileTaker files;
    private final DumpStore store = new DumpStore();
    private final Map<String, Table> tables;
    private final Map<String, Fingerprint> loaded = new LinkedHashMap<>();

    /** Takes the files. */
    interface FileTaker {
        void take(String name, InputStream content) throws IOException;
    }

    /**
     * @param expected which of the store's tables the backup must have, no more and no fewer
     */
    Loader(Database into, Predicate<String> expected, FileTaker files) {
        this.into = into;
        this.expected = expected;
        this.files = files;
        this.tables =
                into.read(store::tables).stream()
                        .filter(table -> expected.test(table.name()))
                        .collect(Collectors.toMap(Table::name, table -> table));
        into.write(tx -> {
            // A new store's schema brings some rows of its own.
            store.clear(tx, store.tables(tx).stream().filter(this::isExpected).toList());
            return true;
        });
    }

    private boolean isExpected(Table table) {
        return expected.test(table.name());
    }

    @Override
    public void table(String name, TableHead head, Rows rows) throws IOException {
        Table table = tables.get(name);
        if (table == null) {
            throw new Unsound("it has a table " + name + ", which its version does not have");
        }
        if (!TableHead.of(table).equals(head)) {
            throw new Unsound("its table " + name + " has not the columns of its version");
        }
        var fingerprint = new Fingerprint();
        while (true) {
            List<Row> some = rows.next(ROWS);
            if (some.isEmpty()) {
                break;
            }
            into.write(tx -> {
                store.insert(tx, table, some);
                return true;
            });
            for (Row row : some) {
                fingerprint.add(table, row);
            }
        }
        if (loaded.put(name, fingerprint) != null) {
            throw new Unsound("it has the table " + name + " twice");
        }
    }

    @Override
    public void file(String name, InputStream content) throws IOException {
        files.take(name, content);
    }

    /**
     * Reads all tables again. Throws {@link Unsound} when one was missing from the backup or the
     * store does not hold what was put in.
     */
    void demandWhole() {
        for (Table table : tables.values()) {
            Fingerprint expected = loaded.get(table.name());
            if (expected == null) {
                throw new Unsound("it lacks the table " + table.name());
            }
            var there = new Fingerprint();
            into.read(tx -> {
                new Pages(store, tx, table).forEach(row -> there.add(table, row));
                return true;
            });
            if (!there.equals(expected)) {
                throw new Unsound("the table " + table.name() + " could not be restored as it was");
            }
        }
    }

    /**
     * Of rows in any order, because two databases may sort differently: how many, and the sum of
     * their digests.
     */
    private static final class Fingerprint {
        private static final byte[] NULL = {};

        private final MessageDigest digest = BackupFile.sha256();
        private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        private BigInteger sum = BigInteger.ZERO;
        private long rows;

        void add(Table table, Row row) {
            for (int i = 0; i < row.values().size(); i++) {
                Object value = row.values().get(i);
                byte[] bytes = value == null ? NULL : table.columns().get(i).type().bytes(value);
                digest.update(length.clear().putInt(value == null ? -1 : bytes.length).array());
                digest.update(bytes);
            }
            sum = sum.add(new BigInteger(1, digest.digest()));
            rows++;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Fingerprint that && rows == that.rows && sum.equals(that.sum);
        }

        @Override
        public int hashCode() {
            return sum.hashCode();
        }
    }
}
