package com.neuralrouter.server.secret;

import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.store.Tx;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The tables {@code root_key} and {@code workspace_key}. No state; safe for all threads. */
public final class KeyRingStore {

    void insertRoot(Tx tx, int version, byte[] check, Instant at) {
        tx.touched("root_key", version);
        tx.handle()
                .execute(
                        "INSERT INTO root_key (version, key_check, created_at) VALUES (?, ?, ?)",
                        version,
                        check,
                        at.atOffset(ZoneOffset.UTC));
    }

    Optional<byte[]> rootCheck(Tx tx, int version) {
        return tx.handle()
                .createQuery("SELECT key_check FROM root_key WHERE version = :version")
                .bind("version", version)
                .map((row, _) -> row.getBytes("key_check"))
                .findOne();
    }

    void insert(Tx tx, WorkspaceId workspace, StoredKey key, Instant at) {
        tx.touched("workspace_key", workspace.value(), key.version());
        tx.handle()
                .execute(
                        """
                        INSERT INTO workspace_key
                            (workspace_id, version, sealed, key_check, created_at)
                        VALUES (?, ?, ?, ?, ?)
                        """,
                        workspace.value(),
                        key.version(),
                        key.sealed(),
                        key.checkValue(),
                        at.atOffset(ZoneOffset.UTC));
    }

    Optional<StoredKey> newest(Tx tx, WorkspaceId workspace) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT version, sealed, key_check FROM workspace_key
                        WHERE workspace_id = :workspace ORDER BY version DESC LIMIT 1
                        """)
                .bind("workspace", workspace.value())
                .map((row, _) -> key(row))
                .findOne();
    }

    Optional<StoredKey> version(Tx tx, WorkspaceId workspace, int version) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT version, sealed, key_check FROM workspace_key
                        WHERE workspace_id = :workspace AND version = :version
                        """)
                .bind("workspace", workspace.value())
                .bind("version", version)
                .map((row, _) -> key(row))
                .findOne();
    }

    private static StoredKey key(ResultSet row) throws SQLException {
        return new StoredKey(
                row.getInt("version"), row.getBytes("sealed"), row.getBytes("key_check"));
    }
}
