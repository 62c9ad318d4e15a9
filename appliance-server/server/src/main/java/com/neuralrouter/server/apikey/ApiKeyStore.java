package com.neuralrouter.server.apikey;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jdbi.v3.core.statement.Update;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code api_key}. No state; safe for all threads. */
public final class ApiKeyStore {
    private static final String TABLE = "api_key";

    private static final String SELECT =
            """
            SELECT id, workspace_id, name, kid, reference, last_four, created_at, expires_at,
                   revoked_at
            FROM api_key
            """;

    public Optional<StoredApiKey> find(Tx tx, ApiKeyId id) {
        tx.reading(TABLE, id.value());
        return tx.handle()
                .createQuery(SELECT + "WHERE id = :id")
                .define(Tx.TOLD, TABLE)
                .bind("id", id.value())
                .map((row, _) -> key(row))
                .findOne();
    }

    /** A workspace's keys older than {@code before}, newest first. */
    public List<StoredApiKey> before(Tx tx, WorkspaceId workspace, UUID before, int limit) {
        return tx.handle()
                .createQuery(
                        SELECT
                                + """
                                WHERE workspace_id = :workspace AND id < :before
                                ORDER BY id DESC LIMIT :limit
                                """)
                .bind("workspace", workspace.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> key(row))
                .list();
    }

    /** Those that are neither revoked nor expired, by name. */
    public List<StoredApiKey> active(Tx tx, WorkspaceId workspace, Instant now) {
        return tx.handle()
                .createQuery(
                        SELECT
                                + """
                                WHERE workspace_id = :workspace AND revoked_at IS NULL
                                    AND (expires_at IS NULL OR expires_at > :now)
                                ORDER BY name
                                """)
                .bind("workspace", workspace.value())
                .bind("now", Columns.time(now))
                .map((row, _) -> key(row))
                .list();
    }

    /** Every key of the site, the revoked ones too: for the snapshot. */
    public List<StoredApiKey> all(Tx tx) {
        return tx.handle().createQuery(SELECT).map((row, _) -> key(row)).list();
    }

    void insert(Tx tx, StoredApiKey key) {
        tx.touched(TABLE, key.id().value());
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO api_key (id, workspace_id, name, kid, reference, last_four,
                            created_at, expires_at)
                        VALUES (:id, :workspace, :name, :kid, :reference, :lastFour,
                            :createdAt, :expiresAt)
                        """)
                .define(Tx.TOLD, TABLE)
                .bind("id", key.id().value())
                .bind("workspace", key.workspaceId().value())
                .bind("name", key.name())
                .bind("kid", key.kid())
                .bind("reference", key.reference())
                .bind("lastFour", key.lastFour())
                .bind("createdAt", Columns.time(key.createdAt()))
                .bind("expiresAt", Columns.timeOrNull(key.expiresAt()))
                .execute();
    }

    void revoke(Tx tx, ApiKeyId id, Instant at) {
        tx.touched(TABLE, id.value());
        change(
                tx,
                "UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                Columns.time(at),
                id.value());
    }

    void expire(Tx tx, ApiKeyId id, Instant at) {
        tx.touched(TABLE, id.value());
        change(tx, "UPDATE api_key SET expires_at = ? WHERE id = ?", Columns.time(at), id.value());
    }

    /** Deletes a key that goes with its workspace; every other key is revoked and stays. */
    public void delete(Tx tx, ApiKeyId id) {
        tx.touched(TABLE, id.value());
        change(tx, "DELETE FROM api_key WHERE id = ?", id.value());
    }

    /** A statement about rows that were told of. */
    private static void change(Tx tx, String sql, Object... values) {
        Update update = tx.handle().createUpdate(sql).define(Tx.TOLD, TABLE);
        for (int i = 0; i < values.length; i++) {
            update.bind(i, values[i]);
        }
        update.execute();
    }

    private static StoredApiKey key(ResultSet row) throws SQLException {
        return new StoredApiKey(
                new ApiKeyId(row.getObject("id", UUID.class)),
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                row.getString("name"),
                row.getString("kid"),
                row.getBytes("reference"),
                row.getString("last_four"),
                Columns.time(row, "created_at"),
                Columns.timeOrNull(row, "expires_at"),
                Columns.timeOrNull(row, "revoked_at"));
    }
}
