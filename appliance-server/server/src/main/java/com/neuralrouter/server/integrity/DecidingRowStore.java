package com.neuralrouter.server.integrity;

import com.neuralrouter.server.store.Tx;

import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        void row(Row row) throws SQLException;
    }

    /** The row at which a scan is: one object, filled anew for each row. */
    static final class Row {
        private final DecidingTable table;
        private final ResultSet result;
        private final CanonicalRow content = new CanonicalRow();
        private int keyLength;
        private byte @Nullable [] mac;

        private Row(DecidingTable table, ResultSet result) {
            this.table = table;
            this.result = result;
        }

        private void read(List<Column> columns) throws SQLException {
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

        /** The columns that were asked for, the key's first. */
        CanonicalRow content() {
            return content;
        }

        /** How much of the content is the key. */
        int keyLength() {
            return keyLength;
        }

        byte @Nullable [] mac() {
            return mac;
        }

        /** The key's values. */
        List<Object> key() throws SQLException {
            var values = new ArrayList<>();
            for (int i = 0; i < table.key().size(); i++) {
                values.add(Objects.requireNonNull(value(result, i + 1, table.key().get(i).type())));
            }
            return values;
        }
    }

    /** The site's one row. */
    record SiteRow(CanonicalRow content, long version, byte @Nullable [] digest) {}

    /** Every row with every column. */
    void everything(Tx tx, DecidingTable table, Visitor visitor) {
        Query query = tx.handle().createQuery(table.everything());
        visit(query, table, table.columns(), visitor);
    }

    /** Every row's key and code. */
    void codes(Tx tx, DecidingTable table, Visitor visitor) {
        visit(tx.handle().createQuery(table.codes()), table, table.key(), visitor);
    }

    /** The rows whose key begins with those values, with every column. */
    void everythingBelow(Tx tx, DecidingTable table, List<Object> key, Visitor visitor) {
        Query query = tx.handle().createQuery(table.everythingBelow(key.size()));
        for (int i = 0; i < key.size(); i++) {
            query.bind(i, key.get(i));
        }
        visit(query, table, table.columns(), visitor);
    }

    private static void visit(
            Query query, DecidingTable table, List<Column> columns, Visitor visitor) {
        query.setFetchSize(FETCH)
                .scanResultSet((results, _) -> {
                    ResultSet result = results.get();
                    var row = new Row(table, result);
                    while (result.next()) {
                        row.read(columns);
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
        PreparedBatch batch = tx.handle().prepareBatch(table.update());
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
