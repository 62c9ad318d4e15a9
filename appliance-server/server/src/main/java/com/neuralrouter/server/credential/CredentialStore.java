package com.neuralrouter.server.credential;

import com.neuralrouter.contract.CredentialId;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.secret.SealedRow;
import com.neuralrouter.server.secret.SealedSecret;
import com.neuralrouter.server.secret.SealedTable;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code credential}. No state; safe for all threads. */
public final class CredentialStore implements SealedTable {
    private static final String SELECT =
            """
            SELECT id, workspace_id, provider_id, label, sealed, last_four, created_at, changed_at
            FROM credential
            """;

    public Optional<StoredCredential> find(Tx tx, CredentialId id) {
        return tx.handle()
                .createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, _) -> credential(row))
                .findOne();
    }

    public Optional<StoredCredential> find(Tx tx, WorkspaceId workspace, ProviderId provider) {
        return tx.handle()
                .createQuery(SELECT + "WHERE workspace_id = :workspace AND provider_id = :provider")
                .bind("workspace", workspace.value())
                .bind("provider", provider.value())
                .map((row, _) -> credential(row))
                .findOne();
    }

    /** A workspace's credentials: at the most one for each provider, so this is no long list. */
    public List<StoredCredential> of(Tx tx, WorkspaceId workspace) {
        return tx.handle()
                .createQuery(SELECT + "WHERE workspace_id = :workspace ORDER BY id")
                .bind("workspace", workspace.value())
                .map((row, _) -> credential(row))
                .list();
    }

    /** Every credential of the site: for the snapshot. */
    public List<StoredCredential> all(Tx tx) {
        return tx.handle().createQuery(SELECT).map((row, _) -> credential(row)).list();
    }

    @Override
    public List<SealedRow> sealedUnderOlder(Tx tx, WorkspaceId workspace, int version) {
        return of(tx, workspace).stream()
                .map(each -> new SealedRow(each.place(), SealedSecret.of(each.sealed())))
                .filter(row -> row.sealed().keyVersion() < version)
                .toList();
    }

    @Override
    public void replace(Tx tx, SealedRow row) {
        UUID id = row.place().row();
        tx.touched("credential", id);
        tx.handle()
                .execute(
                        "UPDATE credential SET sealed = ? WHERE id = ?", row.sealed().column(), id);
    }

    void insert(Tx tx, StoredCredential credential) {
        tx.touched("credential", credential.id().value());
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO credential (id, workspace_id, provider_id, label, sealed,
                            last_four, created_at, changed_at)
                        VALUES (:id, :workspace, :provider, :label, :sealed,
                            :lastFour, :createdAt, :changedAt)
                        """)
                .bind("id", credential.id().value())
                .bind("workspace", credential.workspaceId().value())
                .bind("provider", credential.providerId().value())
                .bind("label", credential.label())
                .bind("sealed", credential.sealed())
                .bind("lastFour", credential.lastFour())
                .bind("createdAt", Columns.time(credential.createdAt()))
                .bind("changedAt", Columns.time(credential.changedAt()))
                .execute();
    }

    void update(Tx tx, StoredCredential credential) {
        tx.touched("credential", credential.id().value());
        tx.handle()
                .createUpdate(
                        """
                        UPDATE credential SET label = :label, sealed = :sealed,
                            last_four = :lastFour, changed_at = :changedAt
                        WHERE id = :id
                        """)
                .bind("label", credential.label())
                .bind("sealed", credential.sealed())
                .bind("lastFour", credential.lastFour())
                .bind("changedAt", Columns.time(credential.changedAt()))
                .bind("id", credential.id().value())
                .execute();
    }

    /** For its own commands and for the deletion of its workspace. */
    public void delete(Tx tx, CredentialId id) {
        tx.touched("credential", id.value());
        tx.handle().execute("DELETE FROM credential WHERE id = ?", id.value());
    }

    private static StoredCredential credential(ResultSet row) throws SQLException {
        return new StoredCredential(
                new CredentialId(row.getObject("id", UUID.class)),
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                new ProviderId(row.getObject("provider_id", UUID.class)),
                row.getString("label"),
                row.getBytes("sealed"),
                row.getString("last_four"),
                Columns.time(row, "created_at"),
                Columns.time(row, "changed_at"));
    }
}
