package com.neuralrouter.server.integrity;

import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.store.RowWatch;
import com.neuralrouter.server.store.TouchedRows;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The tables of which a transaction has read nothing yet, and what has to be in them. Before rows
 * are read or written, those rows are verified; before a statement that names a table without
 * having told which rows it is about, all of that table is. For one transaction and its thread.
 */
final class UnreadTables implements RowWatch {
    private final Tx tx;
    private final MacKey key;
    private final DecidingRowStore rows;
    private final Function<List<Finding>, StoreTampered> tampered;
    private final Map<String, Unread> tables = new LinkedHashMap<>();

    /** A table, and the rows of it that were verified, and may be written, in this transaction. */
    private record Unread(TableImage image, Pattern name, KeyRanges verified) {
        DecidingTable table() {
            return image.table();
        }
    }

    UnreadTables(
            Tx tx,
            MacKey key,
            DecidingRowStore rows,
            List<TableImage> images,
            Function<List<Finding>, StoreTampered> tampered) {
        this.tx = tx;
        this.key = key;
        this.rows = rows;
        this.tampered = tampered;
        for (TableImage image : images) {
            String name = image.table().name();
            tables.put(
                    name,
                    new Unread(
                            image,
                            Pattern.compile(
                                    "\\b" + Pattern.quote(name) + "\\b", Pattern.CASE_INSENSITIVE),
                            new KeyRanges()));
        }
    }

    @Override
    public void beforeRows(TouchedRows told) {
        Unread unread = tables.get(told.table());
        if (unread == null) {
            return;
        }
        byte[] beginning = CanonicalRow.key(unread.table(), told.key());
        if (!unread.verified().covers(beginning)) {
            var check = new Check(unread, beginning);
            rows.everythingBelow(tx, unread.table(), told.key(), check);
            check.end();
            unread.verified().add(beginning);
        }
    }

    @Override
    public void beforeStatement(String sql, @Nullable String told) {
        List<Unread> named =
                tables.values().stream()
                        .filter(unread -> !unread.table().name().equals(told))
                        .filter(unread -> unread.name().matcher(sql).find())
                        .toList();
        for (Unread unread : named) {
            var check = new Check(unread, new byte[0]);
            rows.everything(tx, unread.table(), check);
            check.end();
            tables.remove(unread.table().name());
        }
    }

    /** Compares rows of the store with what has to be there, but for those verified before. */
    private final class Check implements DecidingRowStore.Visitor {
        private final Unread unread;
        private final byte[] beginning;
        private final RowCodes codes;
        private final List<Finding> findings = new ArrayList<>();
        private boolean others;
        private int found;

        Check(Unread unread, byte[] beginning) {
            this.unread = unread;
            this.beginning = beginning;
            this.codes = new RowCodes(key, unread.table());
        }

        @Override
        public void row(DecidingRowStore.Row row) {
            byte[] id = row.keyBytes();
            if (unread.verified().covers(id)) {
                return;
            }
            found++;
            byte[] code = codes.of(row.content());
            byte[] stored = row.mac();
            if (stored == null || !MessageDigest.isEqual(stored, code)) {
                findings.add(Finding.altered(unread.table(), row.key()));
            } else if (!MessageDigest.isEqual(unread.image().code(id), code)) {
                others = true;
            }
        }

        void end() {
            if (others || found != unread.image().rowsBelow(beginning, unread.verified())) {
                findings.add(Finding.otherRows(unread.table()));
            }
            if (!findings.isEmpty()) {
                throw tampered.apply(findings);
            }
        }
    }
}
