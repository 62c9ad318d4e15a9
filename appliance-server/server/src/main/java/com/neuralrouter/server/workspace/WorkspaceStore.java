package com.neuralrouter.server.workspace;

import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code workspace}. No state; safe for all threads. */
public final class WorkspaceStore {
    private static final String SELECT =
            "SELECT id, name, description, state, created_at, version FROM workspace ";

    public Optional<Workspace> find(Tx tx, WorkspaceId id) {
        return tx.handle()
                .createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, _) -> workspace(row))
                .findOne();
    }

    public Optional<Workspace> byName(Tx tx, String name) {
        return tx.handle()
                .createQuery(SELECT + "WHERE name = :name")
                .bind("name", name)
                .map((row, _) -> workspace(row))
                .findOne();
    }

    /** By name, beginning behind {@code after}; an empty text begins at the first. */
    public List<Workspace> after(Tx tx, String after, int limit) {
        return tx.handle()
                .createQuery(SELECT + "WHERE name > :after ORDER BY name LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> workspace(row))
                .list();
    }

    /** All of them, by name: for the snapshot and for a site's document. */
    public List<Workspace> all(Tx tx) {
        return after(tx, "", Integer.MAX_VALUE);
    }

    void insert(Tx tx, Workspace workspace) {
        tx.touched("workspace", workspace.id().value());
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO workspace (id, name, description, state, version, created_at)
                        VALUES (:id, :name, :description, :state, :version, :createdAt)
                        """)
                .bind("id", workspace.id().value())
                .bind("name", workspace.name())
                .bind("description", workspace.description())
                .bind("state", workspace.state().name())
                .bind("version", workspace.version())
                .bind("createdAt", Columns.time(workspace.createdAt()))
                .execute();
    }

    void update(Tx tx, Workspace workspace) {
        tx.touched("workspace", workspace.id().value());
        tx.handle()
                .createUpdate(
                        """
                        UPDATE workspace
                        SET description = :description, state = :state, version = :version
                        WHERE id = :id
                        """)
                .bind("description", workspace.description())
                .bind("state", workspace.state().name())
                .bind("version", workspace.version())
                .bind("id", workspace.id().value())
                .execute();
    }

    /** Nothing may belong to it any more. */
    public void delete(Tx tx, WorkspaceId id) {
        tx.touched("workspace", id.value());
        tx.handle().execute("DELETE FROM workspace WHERE id = ?", id.value());
    }

    private static Workspace workspace(ResultSet row) throws SQLException {
        return new Workspace(
                new WorkspaceId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("description"),
                Workspace.State.valueOf(row.getString("state")),
                Columns.time(row, "created_at"),
                row.getLong("version"));
    }
}
