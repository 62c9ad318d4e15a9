package com.neuralrouter.server.integrity;

import com.neuralrouter.server.store.Tx;

import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads the rows of any table that decides, one after another and none of them kept, and writes
 * their codes and the site's digest. No state; safe for all threads.
 */
final class DecidingRowStore {
    /** As many rows as a database hands over at a time; more is only more memory. */
    private static final int FETCH = 1000;

    /** What is done with each row. */
    interface Visitor {
        void row(Row row);
    }

    /** The row at which a scan is: one object, filled anew for each row. */
    static final class Row {
        private final DecidingTable table;
        private final CanonicalRow content = new CanonicalRow();
        private int keyLength;
        private byte @Nullable [] mac;

        private Row(DecidingTable table) {
            this.table = table;
        }

        private void read(ResultSet result, List<Column> columns) throws SQLException {
            content.clear();
            for (int i = 0; i < columns.size(); i++) {
                Column.Type type = columns.get(i).type();
                content.add(type, value(result, i + 1, type));
                if (i + 1 == table.key().size()) {
                    keyLength = content.length();
                }
            }
            mac = result.getBytes(columns.size() + 1);
        }

        /** All columns, the key's first. */
        CanonicalRow content() {
            return content;
        }

        /** How much of the content is the key. */
        int keyLength() {
            return keyLength;
        }

        /** The key in its canonical form. */
        byte[] keyBytes() {
            return Arrays.copyOf(content.bytes(), keyLength);
        }

        byte @Nullable [] mac() {
            return mac;
        }

        /** The key's values. */
        List<Object> key() {
            return content.keyOf(table);
        }
    }

    /** The site's one row. */
    record SiteRow(CanonicalRow content, long version, byte @Nullable [] digest) {}

    /** Every row with every column. */
    void everything(Tx tx, DecidingTable table, Visitor visitor) {
        visit(tx.handle().createQuery(table.everything()), table, visitor);
    }

    /** The rows whose key begins with those values, with every column. */
    void everythingBelow(Tx tx, DecidingTable table, List<Object> key, Visitor visitor) {
        Query query = tx.handle().createQuery(table.everythingBelow(key.size()));
        for (int i = 0; i < key.size(); i++) {
            query.bind(i, key.get(i));
        }
        visit(query, table, visitor);
    }

    private static void visit(Query query, DecidingTable table, Visitor visitor) {
        List<Column> columns = table.columns();
        query.define(Tx.TOLD, table.name())
                .setFetchSize(FETCH)
                .scanResultSet((results, _) -> {
                    ResultSet result = results.get();
                    var row = new Row(table);
                    while (result.next()) {
                        row.read(result, columns);
                        visitor.row(row);
                    }
                    return row;
                });
    }

    /** Gives rows their codes. */
    void write(Tx tx, DecidingTable table, Map<List<Object>, byte[]> codes) {
        if (codes.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                tx.handle().prepareBatch(table.update()).define(Tx.TOLD, table.name());
        codes.forEach((key, mac) -> {
            batch.bind(0, mac);
            for (int i = 0; i < key.size(); i++) {
                batch.bind(1 + i, key.get(i));
            }
            batch.add();
        });
        batch.execute();
    }

    Optional<SiteRow> site(Tx tx) {
        return tx.handle()
                .createQuery("SELECT id, installation, version, founded_at, digest FROM site")
                .map((result, _) -> site(result))
                .findOne();
    }

    private static SiteRow site(ResultSet result) throws SQLException {
        var content = new CanonicalRow();
        List<Column> columns = DecidingTables.SITE.columns();
        for (int i = 0; i < columns.size(); i++) {
            Column.Type type = columns.get(i).type();
            content.add(type, value(result, i + 1, type));
        }
        return new SiteRow(content, result.getLong("version"), result.getBytes("digest"));
    }

    void write(Tx tx, SiteDigest digest) {
        tx.handle().execute("UPDATE site SET digest = ? WHERE id = 1", (Object) digest.column());
    }

    static @Nullable Object value(ResultSet result, int at, Column.Type type) throws SQLException {
        return switch (type) {
            case UUID -> result.getObject(at, UUID.class);
            case NUMBER -> {
                long number = result.getLong(at);
                yield result.wasNull() ? null : number;
            }
            case BOOLEAN -> {
                boolean bool = result.getBoolean(at);
                yield result.wasNull() ? null : bool;
            }
            case TEXT -> result.getString(at);
            case TIME -> result.getObject(at, OffsetDateTime.class);
            case BYTES -> result.getBytes(at);
        };
    }
}
