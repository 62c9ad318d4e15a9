package com.neuralrouter.server.content;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.secret.SealedRow;
import com.neuralrouter.server.secret.SealedSecret;
import com.neuralrouter.server.secret.SealedTable;
import com.neuralrouter.server.secret.SecretPlace;
import com.neuralrouter.server.store.Tx;

import org.jdbi.v3.core.statement.PreparedBatch;

import java.util.List;
import java.util.UUID;

/**
 * The table {@code kept_content_key}: what each request's content is sealed under, sealed under its
 * workspace's key. No state; safe for all threads.
 */
public final class ContentKeyStore implements SealedTable {
    /** Few enough for one look of a rotation. */
    private static final int MOST_AT_ONCE = 1_000;

    static SecretPlace placeOf(WorkspaceId workspace, UUID request) {
        return new SecretPlace(workspace, "kept_content_key", "data_key", request, "content-key");
    }

    void insert(Tx tx, RequestId request, WorkspaceId workspace, SealedSecret dataKey) {
        tx.handle()
                .execute(
                        "INSERT INTO kept_content_key (request_id, workspace_id, key_version,"
                                + " data_key) VALUES (?, ?, ?, ?)",
                        request.value(),
                        workspace.value(),
                        dataKey.keyVersion(),
                        dataKey.column());
    }

    void destroy(Tx tx, List<UUID> requests) {
        PreparedBatch batch =
                tx.handle().prepareBatch("DELETE FROM kept_content_key WHERE request_id = ?");
        requests.forEach(batch::add);
        if (!requests.isEmpty()) {
            batch.execute();
        }
    }

    /** Destroys keys that nothing is kept under: those of a newer backup than the data's. */
    int destroyUnused(Tx tx) {
        return tx.handle()
                .execute(
                        "DELETE FROM kept_content_key WHERE NOT EXISTS"
                                + " (SELECT 1 FROM kept_content c WHERE c.request_id ="
                                + " kept_content_key.request_id)");
    }

    @Override
    public List<SealedRow> sealedUnderOlder(Tx tx, WorkspaceId workspace, int version) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT request_id, data_key FROM kept_content_key
                        WHERE workspace_id = :workspace AND key_version < :version
                        ORDER BY request_id LIMIT :limit
                        """)
                .bind("workspace", workspace.value())
                .bind("version", version)
                .bind("limit", MOST_AT_ONCE)
                .map((row, _) ->
                        new SealedRow(
                                placeOf(workspace, row.getObject("request_id", UUID.class)),
                                SealedSecret.of(row.getBytes("data_key"))))
                .list();
    }

    @Override
    public void replace(Tx tx, SealedRow row) {
        tx.handle()
                .execute(
                        "UPDATE kept_content_key SET data_key = ?, key_version = ? WHERE"
                                + " request_id = ?",
                        row.sealed().column(),
                        row.sealed().keyVersion(),
                        row.place().row());
    }
}
