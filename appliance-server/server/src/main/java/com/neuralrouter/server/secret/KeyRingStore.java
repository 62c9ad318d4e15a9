package com.neuralrouter.server.secret;

import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jdbi.v3.core.statement.Query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The tables {@code root_key}, {@code workspace_key} and {@code destroyed_workspace_key}. No state;
 * safe for all threads.
 */
public final class KeyRingStore {
    private static final String SELECT =
            "SELECT workspace_id, version, root_version, sealed, key_check FROM workspace_key ";

    /** A workspace's key with its workspace. */
    record Wrapped(WorkspaceId workspace, StoredKey key) {}

    void insertRoot(Tx tx, int version, byte[] check, Instant at) {
        tx.touched("root_key", version);
        tx.handle()
                .execute(
                        "INSERT INTO root_key (version, key_check, created_at) VALUES (?, ?, ?)",
                        version,
                        check,
                        Columns.time(at));
    }

    /** The check values of all root keys that there ever were, by version. */
    Map<Integer, byte[]> rootChecks(Tx tx) {
        var checks = new TreeMap<Integer, byte[]>();
        tx.handle()
                .createQuery("SELECT version, key_check FROM root_key")
                .map((row, _) -> Map.entry(row.getInt("version"), row.getBytes("key_check")))
                .forEach(entry -> checks.put(entry.getKey(), entry.getValue()));
        return checks;
    }

    void insert(Tx tx, WorkspaceId workspace, StoredKey key, Instant at) {
        tx.touched("workspace_key", workspace.value(), key.version());
        tx.handle()
                .execute(
                        """
                        INSERT INTO workspace_key
                            (workspace_id, version, root_version, sealed, key_check, created_at)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                        workspace.value(),
                        key.version(),
                        key.rootVersion(),
                        key.sealed(),
                        key.checkValue(),
                        Columns.time(at));
    }

    /** Puts another wrapping of the same key in place of the one there is. */
    void rewrap(Tx tx, WorkspaceId workspace, StoredKey key) {
        tx.touched("workspace_key", workspace.value(), key.version());
        tx.handle()
                .execute(
                        """
                        UPDATE workspace_key SET root_version = ?, sealed = ?
                        WHERE workspace_id = ? AND version = ?
                        """,
                        key.rootVersion(),
                        key.sealed(),
                        workspace.value(),
                        key.version());
    }

    Optional<StoredKey> newest(Tx tx, WorkspaceId workspace) {
        return first(
                tx.handle()
                        .createQuery(
                                SELECT
                                        + "WHERE workspace_id = :workspace ORDER BY version DESC"
                                        + " LIMIT 1")
                        .bind("workspace", workspace.value()));
    }

    Optional<StoredKey> version(Tx tx, WorkspaceId workspace, int version) {
        return first(
                tx.handle()
                        .createQuery(
                                SELECT + "WHERE workspace_id = :workspace AND version = :version")
                        .bind("workspace", workspace.value())
                        .bind("version", version));
    }

    private static Optional<StoredKey> first(Query query) {
        return query.map((row, _) -> wrapped(row).key()).findOne();
    }

    long countWrappedBefore(Tx tx, int rootVersion) {
        return tx.handle()
                .createQuery("SELECT COUNT(*) FROM workspace_key WHERE root_version < :version")
                .bind("version", rootVersion)
                .mapTo(Long.class)
                .one();
    }

    List<Wrapped> wrappedBefore(Tx tx, int rootVersion, int limit) {
        return tx.handle()
                .createQuery(
                        SELECT
                                + "WHERE root_version < :version"
                                + " ORDER BY workspace_id, version LIMIT :limit")
                .bind("version", rootVersion)
                .bind("limit", limit)
                .map((row, _) -> wrapped(row))
                .list();
    }

    List<WorkspaceKeyVersion> versions(Tx tx) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT workspace_id, version, root_version, created_at FROM workspace_key
                        ORDER BY workspace_id, version
                        """)
                .map((row, _) ->
                        new WorkspaceKeyVersion(
                                workspace(row),
                                row.getInt("version"),
                                row.getInt("root_version"),
                                Columns.time(row, "created_at")))
                .list();
    }

    /** Notes that the versions below that one are destroyed. */
    void bury(Tx tx, WorkspaceId workspace, int before, Instant at) {
        tx.touched("destroyed_workspace_key", workspace.value());
        tx.handle()
                .execute(
                        """
                        INSERT INTO destroyed_workspace_key
                            (workspace_id, version, key_check, destroyed_at)
                        SELECT workspace_id, version, key_check, ? FROM workspace_key
                        WHERE workspace_id = ? AND version < ?
                        """,
                        Columns.time(at),
                        workspace.value(),
                        before);
    }

    int deleteBefore(Tx tx, WorkspaceId workspace, int version) {
        tx.touched("workspace_key", workspace.value());
        return tx.handle()
                .execute(
                        "DELETE FROM workspace_key WHERE workspace_id = ? AND version < ?",
                        workspace.value(),
                        version);
    }

    boolean isDestroyed(Tx tx, WorkspaceId workspace, int version) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT version FROM destroyed_workspace_key
                        WHERE workspace_id = :workspace AND version = :version
                        """)
                .bind("workspace", workspace.value())
                .bind("version", version)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static Wrapped wrapped(ResultSet row) throws SQLException {
        return new Wrapped(
                workspace(row),
                new StoredKey(
                        row.getInt("version"),
                        row.getInt("root_version"),
                        row.getBytes("sealed"),
                        row.getBytes("key_check")));
    }

    private static WorkspaceId workspace(ResultSet row) throws SQLException {
        return new WorkspaceId(row.getObject("workspace_id", UUID.class));
    }
}
