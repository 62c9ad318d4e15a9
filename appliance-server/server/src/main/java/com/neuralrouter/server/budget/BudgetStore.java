package com.neuralrouter.server.budget;

import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.limit.Subject;
import com.neuralrouter.server.limit.SubjectColumns;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.StoredJson;
import com.neuralrouter.server.store.Tx;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code budget}. No state; safe for all threads. */
public final class BudgetStore {
    /** For who follows its changes. */
    public static final String TABLE = "budget";

    private static final String SELECT =
            "SELECT id, level, workspace_id, name, document, made_at FROM budget";

    /** In the order in which they were made. */
    public List<StoredBudget> all(Tx tx) {
        return tx.handle().createQuery(SELECT + " ORDER BY id").map((row, _) -> stored(row)).list();
    }

    public Optional<StoredBudget> find(Tx tx, UUID id) {
        tx.reading(TABLE, id);
        return tx.handle()
                .createQuery(SELECT + " WHERE id = :id")
                .define(Tx.TOLD, TABLE)
                .bind("id", id)
                .map((row, _) -> stored(row))
                .findOne();
    }

    List<StoredBudget> of(Tx tx, Subject subject) {
        return all(tx).stream().filter(each -> each.subject().equals(subject)).toList();
    }

    void insert(Tx tx, UUID id, Subject subject, BudgetDocument document, Instant at) {
        tx.touched(TABLE, id);
        tx.handle()
                .execute(
                        """
                        INSERT INTO budget (id, level, workspace_id, name, document, made_at)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                        id,
                        subject.level().name(),
                        SubjectColumns.workspace(subject),
                        subject.name(),
                        StoredJson.write(document),
                        Columns.time(at));
    }

    void update(Tx tx, UUID id, BudgetDocument document) {
        tx.touched(TABLE, id);
        tx.handle()
                .execute(
                        "UPDATE budget SET document = ? WHERE id = ?",
                        StoredJson.write(document),
                        id);
    }

    void delete(Tx tx, UUID id) {
        tx.touched(TABLE, id);
        tx.handle().execute("DELETE FROM budget WHERE id = ?", id);
    }

    /** Those of a workspace and of its keys, for the deletion of the workspace. */
    public void deleteOf(Tx tx, WorkspaceId workspace) {
        all(tx).stream()
                .filter(each -> workspace.equals(each.subject().workspace()))
                .forEach(each -> delete(tx, each.id()));
    }

    private static StoredBudget stored(ResultSet row) throws SQLException {
        return new StoredBudget(
                row.getObject("id", UUID.class),
                SubjectColumns.subject(
                        row.getString("level"),
                        row.getObject("workspace_id", UUID.class),
                        row.getString("name")),
                StoredJson.read(row.getString("document"), BudgetDocument.class),
                Columns.time(row, "made_at"));
    }
}
