package com.neuralrouter.server.backup;

import com.neuralrouter.server.store.Tx;

import java.util.List;

/** All rows of a table in its key's order, read page by page. Valid within its transaction. */
final class Pages {
    private final DumpStore store;
    private final Tx tx;
    private final Table table;

    Pages(DumpStore store, Tx tx, Table table) {
        this.store = store;
        this.tx = tx;
        this.table = table;
    }

    /** Takes a row. */
    interface Taker<X extends Exception> {
        void take(Row row) throws X;
    }

    <X extends Exception> void forEach(Taker<X> taker) throws X {
        List<Object> after = List.of();
        while (true) {
            List<Row> page = store.page(tx, table, after);
            if (page.isEmpty()) {
                return;
            }
            for (Row row : page) {
                taker.take(row);
            }
            after = page.getLast().key(table);
        }
    }
}
