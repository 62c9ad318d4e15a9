package com.neuralrouter.server.receipt;

import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The table {@code receipt_key}: the public halves of all keys that ever signed receipts. No state;
 * safe for all threads.
 */
public final class ReceiptKeyStore {
    private static final int MOST = 10_000;

    /**
     * A key that signs, or did.
     *
     * @param x its public half as a JWK has it
     */
    record Stored(UUID id, String kid, String x, Instant createdAt) {}

    /** The newest first. */
    List<Stored> all(Tx tx) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT id, kid, x, created_at FROM receipt_key
                        ORDER BY created_at DESC, id DESC LIMIT :most
                        """)
                .bind("most", MOST)
                .map((row, _) -> stored(row))
                .list();
    }

    void insert(Tx tx, Stored key) {
        tx.touched("receipt_key", key.id());
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO receipt_key (id, kid, x, created_at)
                        VALUES (:id, :kid, :x, :createdAt)
                        """)
                .bind("id", key.id())
                .bind("kid", key.kid())
                .bind("x", key.x())
                .bind("createdAt", Columns.time(key.createdAt()))
                .execute();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getObject("id", UUID.class),
                row.getString("kid"),
                row.getString("x"),
                Columns.time(row, "created_at"));
    }
}
