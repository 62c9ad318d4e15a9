package com.neuralrouter.server.limit;

import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.StoredJson;
import com.neuralrouter.server.store.Tx;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code usage_limit}. No state; safe for all threads. */
public final class LimitStore {
    /** For who follows its changes. */
    public static final String TABLE = "usage_limit";

    private static final String SELECT =
            "SELECT id, level, workspace_id, name, document FROM usage_limit";

    public List<StoredLimits> all(Tx tx) {
        return tx.handle().createQuery(SELECT).map((row, _) -> stored(row)).list();
    }

    public Optional<StoredLimits> find(Tx tx, UUID id) {
        tx.reading(TABLE, id);
        return tx.handle()
                .createQuery(SELECT + " WHERE id = :id")
                .define(Tx.TOLD, TABLE)
                .bind("id", id)
                .map((row, _) -> stored(row))
                .findOne();
    }

    Optional<StoredLimits> of(Tx tx, Subject subject) {
        return all(tx).stream().filter(each -> each.subject().equals(subject)).findFirst();
    }

    void insert(Tx tx, UUID id, Subject subject, LimitsDocument document, Instant at) {
        tx.touched(TABLE, id);
        tx.handle()
                .execute(
                        """
                        INSERT INTO usage_limit
                            (id, level, workspace_id, name, document, changed_at)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                        id,
                        subject.level().name(),
                        SubjectColumns.workspace(subject),
                        subject.name(),
                        StoredJson.write(document),
                        Columns.time(at));
    }

    void update(Tx tx, UUID id, LimitsDocument document, Instant at) {
        tx.touched(TABLE, id);
        tx.handle()
                .execute(
                        "UPDATE usage_limit SET document = ?, changed_at = ? WHERE id = ?",
                        StoredJson.write(document),
                        Columns.time(at),
                        id);
    }

    void delete(Tx tx, UUID id) {
        tx.touched(TABLE, id);
        tx.handle().execute("DELETE FROM usage_limit WHERE id = ?", id);
    }

    /** Those of a workspace and of its keys, for the deletion of the workspace. */
    public void deleteOf(Tx tx, WorkspaceId workspace) {
        all(tx).stream()
                .filter(each -> workspace.equals(each.subject().workspace()))
                .forEach(each -> delete(tx, each.id()));
    }

    private static StoredLimits stored(ResultSet row) throws SQLException {
        return new StoredLimits(
                row.getObject("id", UUID.class),
                SubjectColumns.subject(
                        row.getString("level"),
                        row.getObject("workspace_id", UUID.class),
                        row.getString("name")),
                StoredJson.read(row.getString("document"), LimitsDocument.class));
    }
}
